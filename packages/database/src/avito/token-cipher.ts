import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { AppError } from '@avito-autoreply/runtime';

const ALGORITHM = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

type Sealed = { accountId: number; key: Uint8Array };

// The account's id is authenticated too: a row copied to another account cannot be opened there.
const contextOf = (accountId: number) => Buffer.from(`avito-tokens:${accountId}`);

/** Encrypts a text of one account. The same text never looks the same twice. */
export function seal(text: string, { accountId, key }: Sealed): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES }).setAAD(
    contextOf(accountId),
  );
  const hidden = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), hidden]).toString('base64');
}

/** Throws `database.wrong-token-key` for another key, another account, or a changed text. */
export function unseal(sealed: string, { accountId, key }: Sealed): string {
  const bytes = Buffer.from(sealed, 'base64');
  try {
    const decipher = createDecipheriv(ALGORITHM, key, bytes.subarray(0, NONCE_BYTES), {
      authTagLength: TAG_BYTES,
    })
      .setAAD(contextOf(accountId))
      .setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
    return Buffer.concat([
      decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)),
      decipher.final(),
    ]).toString('utf8');
  } catch (error) {
    throw new AppError(
      `the stored tokens of account ${accountId} cannot be opened with this AVITO_TOKEN_KEY: set the key they were stored with, or connect the account again`,
      { code: 'database.wrong-token-key', cause: error },
    );
  }
}
