import { z } from 'zod';
import { accountsIn } from './accounts.ts';
import { ConfigError, type Environment, loadConfig } from './load-config.ts';

const KEY_BYTES = 32;

const bytesOf = (text: string) => Buffer.from(text, /^[0-9a-f]+$/i.test(text) ? 'hex' : 'base64');

const tokenKeyEnv = z.object({
  AVITO_TOKEN_KEY: z
    .string()
    .refine(
      (text) => bytesOf(text).length === KEY_BYTES,
      'must be 32 bytes in hex or base64: openssl rand -hex 32',
    )
    .optional(),
});

/**
 * The key by which stored tokens are encrypted. Undefined where no account needs one; throws a ConfigError where an
 * account is connected by consent and the key is missing.
 */
export async function loadTokenKey(environment: Environment): Promise<Buffer | undefined> {
  const accounts = await accountsIn(environment);
  if (!accounts.some(({ grant }) => grant === 'consent')) return undefined;
  const { AVITO_TOKEN_KEY: key } = loadConfig(tokenKeyEnv, environment);
  if (key !== undefined) return bytesOf(key);
  throw new ConfigError([
    'AVITO_TOKEN_KEY: is missing, and an account with the grant `consent` needs it to keep its tokens: openssl rand -hex 32',
  ]);
}
