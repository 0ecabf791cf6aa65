import { AppError } from '@avito-autoreply/runtime';
import { z } from 'zod';
import { type AccountSettings, accountSettings, settingsEnv } from './account-settings.ts';
import { type AccountEntry, readAccountsFile } from './accounts-file.ts';
import { avitoEnv, type AvitoGrant, type WebhookConfig, webhookConfig, webhookEnv } from './avito.env.ts';
import { collectConfig } from './collect-config.ts';
import { ConfigError, type Environment, loadConfig } from './load-config.ts';
import { readSettingsFile } from './settings-file.ts';

/** One Avito account that we serve, with everything that is its own. */
export type AccountConfig = {
  /** The `{user_id}` of all messenger paths. */
  userId: number;
  /** What its owner calls it. */
  name: string | undefined;
  clientId: string;
  clientSecret: string;
  /** How it lets us in; absent: `client_credentials`, by keys of its own. */
  grant?: AvitoGrant;
  webhook: WebhookConfig;
  /** Whether the address of its webhook names it: there are several accounts. */
  isNamedInPath: boolean;
  settings: AccountSettings;
  /** The account whose knowledge base it answers from; mostly itself. */
  knowledgeAccountId: number;
};

/** What ingest knows of an account. */
export type WebhookAccount = Pick<AccountConfig, 'userId' | 'webhook'>;

const webhooksEnv = z.object({ ...avitoEnv.shape, ...webhookEnv.shape }).omit({
  AVITO_API_BASE_URL: true,
  AVITO_GRANT: true,
});

/** Everything that says which accounts there are and how they answer. */
export const accountsEnv = z.object({ ...avitoEnv.shape, ...webhookEnv.shape, ...settingsEnv.shape });

const singleAccount = ({
  AVITO_CLIENT_ID,
  AVITO_CLIENT_SECRET,
  AVITO_USER_ID,
}: z.output<typeof webhooksEnv>) => ({ AVITO_CLIENT_ID, AVITO_CLIENT_SECRET, AVITO_USER_ID });

/** The entries of the file, and undefined where the environment names none. */
async function entriesOf(env: z.output<typeof webhooksEnv>): Promise<AccountEntry[] | undefined> {
  if (env.AVITO_ACCOUNTS_FILE === undefined) return undefined;
  if (Object.values(singleAccount(env)).some((value) => value !== undefined)) {
    throw new ConfigError([
      'AVITO_ACCOUNTS_FILE: is set beside AVITO_CLIENT_ID, AVITO_CLIENT_SECRET or AVITO_USER_ID; keep one of the two',
    ]);
  }
  return readAccountsFile({ path: env.AVITO_ACCOUNTS_FILE, shared: webhookConfig(env) });
}

/** The accounts of the file with their webhooks alone; undefined without a file: then the environment's is the only one. */
export async function loadWebhookAccounts(
  env: z.output<typeof webhooksEnv>,
): Promise<WebhookAccount[] | undefined> {
  const shared = webhookConfig(env);
  const entries = await entriesOf(env);
  return entries?.map(({ user_id: userId, webhook = shared }) => ({ userId, webhook }));
}

/**
 * The accounts of `AVITO_ACCOUNTS_FILE`, or the one of `AVITO_CLIENT_ID`, `AVITO_CLIENT_SECRET`, `AVITO_USER_ID`.
 * Empty when neither is set; throws a ConfigError when one is half set or both are.
 */
export async function loadAccounts(env: z.output<typeof accountsEnv>): Promise<AccountConfig[]> {
  const shared = webhookConfig(env);
  const grantOf = (grant = env.AVITO_GRANT) => (grant === undefined ? {} : { grant });
  const entries = await entriesOf(env);
  const path = env.AVITO_SETTINGS_FILE;
  const forAll = path === undefined ? undefined : await readSettingsFile(path);
  if (entries !== undefined) {
    return entries.map((entry) => ({
      userId: entry.user_id,
      name: entry.name,
      clientId: entry.client_id,
      clientSecret: entry.client_secret,
      ...grantOf(entry.grant),
      webhook: entry.webhook ?? shared,
      isNamedInPath: entries.length > 1,
      settings: accountSettings(env, forAll, entry.settings),
      knowledgeAccountId: entry.knowledge_of ?? entry.user_id,
    }));
  }
  const own = singleAccount(env);
  const { AVITO_CLIENT_ID: clientId, AVITO_CLIENT_SECRET: clientSecret, AVITO_USER_ID: userId } = own;
  if (clientId !== undefined && clientSecret !== undefined && userId !== undefined) {
    return [
      {
        userId,
        name: undefined,
        clientId,
        clientSecret,
        ...grantOf(),
        webhook: shared,
        isNamedInPath: false,
        settings: accountSettings(env, forAll),
        knowledgeAccountId: userId,
      },
    ];
  }
  const missing = Object.entries(own).flatMap(([name, value]) => (value === undefined ? [name] : []));
  if (missing.length === 3) return [];
  throw new ConfigError(
    missing.map((name) => `${name}: is missing beside the others of ${Object.keys(own).join(', ')}`),
  );
}

const filesEnv = accountsEnv.pick({ AVITO_ACCOUNTS_FILE: true, AVITO_SETTINGS_FILE: true });
// What the webhooks are to each other is told once the variables are sound.
const NO_GATE: WebhookConfig = { secrets: [], signatureMode: 'off', token: undefined };

/** The accounts of an environment. Throws one ConfigError with the problems of its variables and of the files that they name. */
export async function accountsIn(environment: Environment): Promise<AccountConfig[]> {
  const { AVITO_ACCOUNTS_FILE: accounts, AVITO_SETTINGS_FILE: settings } = loadConfig(filesEnv, environment);
  const { variables } = await collectConfig({
    variables: () => loadConfig(accountsEnv, environment),
    accounts: async () => accounts && (await readAccountsFile({ path: accounts, shared: NO_GATE })),
    settings: async () => settings && (await readSettingsFile(settings)),
  });
  return loadAccounts(variables);
}

/** At least one account, or a refusal that says what to set. */
export function requireAccounts(accounts: readonly AccountConfig[]): readonly AccountConfig[] {
  if (accounts.length > 0) return accounts;
  throw new AppError(
    'no Avito account is configured: set AVITO_CLIENT_ID, AVITO_CLIENT_SECRET and AVITO_USER_ID (the cabinet page avito.ru/professionals/api shows them), or AVITO_ACCOUNTS_FILE',
    { code: 'config.no-account' },
  );
}

/** What must never stand in a log. */
export const secretsOf = (accounts: readonly { webhook: WebhookConfig; clientSecret?: string }[]): string[] =>
  accounts.flatMap(({ clientSecret, webhook: { secrets, token } }) => [
    ...(clientSecret === undefined ? [] : [clientSecret]),
    ...secrets,
    ...(token === undefined ? [] : [token]),
  ]);
