import { readFile } from 'node:fs/promises';
import { AppError } from '@avito-autoreply/runtime';
import { z } from 'zod';
import type { avitoEnv } from './avito.env.ts';
import { ConfigError } from './load-config.ts';

/** One Avito account that we serve. `userId` is the `{user_id}` of all messenger paths. */
export type AccountConfig = { userId: number; clientId: string; clientSecret: string };

const accountsFile = z
  .array(
    z.strictObject({
      user_id: z.int().positive(),
      client_id: z.string().min(1),
      client_secret: z.string().min(1),
    }),
  )
  .min(1, 'holds at least one account')
  .refine(
    (accounts) => new Set(accounts.map((account) => account.user_id)).size === accounts.length,
    'names a user_id twice',
  );

function parseAccountsFile(path: string, text: string): AccountConfig[] {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    // JSON.parse quotes the text around the mistake, which may be a secret.
    const position = error instanceof SyntaxError ? (/position \d+/.exec(error.message)?.[0] ?? '') : '';
    throw new ConfigError([`AVITO_ACCOUNTS_FILE: ${path} is not valid JSON ${position}`.trim()]);
  }
  const result = accountsFile.safeParse(json, { reportInput: false });
  if (!result.success) {
    throw new ConfigError(
      result.error.issues.map(
        (issue) => `AVITO_ACCOUNTS_FILE: ${path}: ${issue.path.join('.')} ${issue.message}`,
      ),
    );
  }
  return result.data.map((account) => ({
    userId: account.user_id,
    clientId: account.client_id,
    clientSecret: account.client_secret,
  }));
}

/**
 * The accounts of `AVITO_ACCOUNTS_FILE`, or the one of `AVITO_CLIENT_ID`, `AVITO_CLIENT_SECRET`, `AVITO_USER_ID`.
 * Empty when neither is set; throws a ConfigError when one is half set or both are.
 */
export async function loadAccounts(env: z.infer<typeof avitoEnv>): Promise<AccountConfig[]> {
  const { AVITO_CLIENT_ID: clientId, AVITO_CLIENT_SECRET: clientSecret, AVITO_USER_ID: userId } = env;
  const own = { AVITO_CLIENT_ID: clientId, AVITO_CLIENT_SECRET: clientSecret, AVITO_USER_ID: userId };
  const missing = Object.entries(own).flatMap(([name, value]) => (value === undefined ? [name] : []));
  const path = env.AVITO_ACCOUNTS_FILE;
  if (path !== undefined) {
    if (missing.length < 3) {
      throw new ConfigError([
        'AVITO_ACCOUNTS_FILE: is set beside AVITO_CLIENT_ID, AVITO_CLIENT_SECRET or AVITO_USER_ID; keep one of the two',
      ]);
    }
    let text: string;
    try {
      text = await readFile(path, 'utf8');
    } catch (error) {
      throw new ConfigError([
        `AVITO_ACCOUNTS_FILE: ${path} cannot be read (${error instanceof Error ? error.message : String(error)})`,
      ]);
    }
    return parseAccountsFile(path, text);
  }
  if (clientId !== undefined && clientSecret !== undefined && userId !== undefined) {
    return [{ userId, clientId, clientSecret }];
  }
  if (missing.length === 3) return [];
  throw new ConfigError(
    missing.map((name) => `${name}: is missing beside the others of ${Object.keys(own).join(', ')}`),
  );
}

/** At least one account, or a refusal that says what to set. */
export function requireAccounts(accounts: readonly AccountConfig[]): readonly AccountConfig[] {
  if (accounts.length > 0) return accounts;
  throw new AppError(
    'no Avito account is configured: set AVITO_CLIENT_ID, AVITO_CLIENT_SECRET and AVITO_USER_ID (the cabinet page avito.ru/professionals/api shows them), or AVITO_ACCOUNTS_FILE',
    { code: 'config.no-account' },
  );
}
