import { expect, test } from 'vitest';
import { accountsEnv, loadAccounts } from './accounts.ts';
import { loadConfig } from './load-config.ts';
import { loadTokenKey } from './token-key.ts';

const own = { AVITO_CLIENT_ID: 'id', AVITO_CLIENT_SECRET: 's', AVITO_USER_ID: '7', AVITO_GRANT: 'consent' };

test('how an account lets us in is a part of it', async () => {
  expect(await loadAccounts(loadConfig(accountsEnv, own))).toMatchObject([{ userId: 7, grant: 'consent' }]);
  const load = () => loadConfig(accountsEnv, { ...own, AVITO_GRANT: 'password' });
  expect(load).toThrow(/AVITO_GRANT: must be one of client_credentials, consent/);
});

test('accounts connected by consent need a key of 32 bytes, in hex or base64', async () => {
  const key = Buffer.alloc(32, 7);
  expect(await loadTokenKey({ ...own, AVITO_TOKEN_KEY: key.toString('hex') })).toEqual(key);
  expect(await loadTokenKey({ ...own, AVITO_TOKEN_KEY: key.toString('base64') })).toEqual(key);
  await expect(loadTokenKey(own)).rejects.toThrow(/AVITO_TOKEN_KEY: is missing.*openssl rand/);
  const short = loadTokenKey({ ...own, AVITO_TOKEN_KEY: 'c2hvcnQ=' });
  await expect(short).rejects.toThrow(/AVITO_TOKEN_KEY: must be 32 bytes/);
  await expect(short).rejects.not.toThrow(/c2hvcnQ/);
});

test('the others need no key', async () => {
  expect(await loadTokenKey({ ...own, AVITO_GRANT: 'client_credentials' })).toBeUndefined();
  expect(await loadTokenKey({})).toBeUndefined();
});
