import { expect, test } from 'vitest';
import { ACCOUNT_ID, runSimulator } from './testing/running-simulator.ts';

async function grants() {
  const simulator = await runSimulator();
  const ask = async (fields: Record<string, string>) => {
    const client = { client_id: 'simulator-client', client_secret: 'simulator-secret' };
    const body = new URLSearchParams({ ...client, ...fields });
    const response = await fetch(`${simulator.url}/token`, { method: 'POST', body });
    return { status: response.status, body: (await response.json()) as Record<string, string> };
  };
  const byCode = (code: string) => ask({ grant_type: 'authorization_code', code });
  const refresh = (token: string) => ask({ grant_type: 'refresh_token', refresh_token: token });
  return { simulator, ask, byCode, refresh };
}

const pair = {
  access_token: expect.any(String),
  expires_in: 86_400,
  refresh_token: expect.any(String),
  scope: 'messenger:read,messenger:write,user:read,items:info',
  token_type: 'Bearer',
};
const invalidGrant = { status: 400, body: { error: 'invalid_grant' } };

test('a code is worth one pair of tokens', async () => {
  const { simulator, byCode } = await grants();
  const { code } = simulator.control.authorize();
  const first = await byCode(code);
  expect(first).toEqual({ status: 200, body: pair });
  expect(await byCode(code)).toMatchObject(invalidGrant);
  const self = await simulator.call({
    path: '/core/v1/accounts/self',
    token: first.body['access_token'] ?? '',
  });
  expect(self).toMatchObject({ status: 200, body: { id: ACCOUNT_ID } });
});

test('a refresh token works once, and both tokens are new', async () => {
  const { simulator, byCode, refresh } = await grants();
  const first = await byCode(simulator.control.authorize().code);
  const second = await refresh(first.body['refresh_token'] ?? '');
  expect(second).toEqual({ status: 200, body: pair });
  expect(second.body['access_token']).not.toBe(first.body['access_token']);
  expect(second.body['refresh_token']).not.toBe(first.body['refresh_token']);
  expect(await refresh(first.body['refresh_token'] ?? '')).toMatchObject(invalidGrant);
  expect(await refresh(second.body['refresh_token'] ?? '')).toMatchObject({ status: 200 });
});

test('a code of one account is worth nothing with the keys of another, nor is a request without a code', async () => {
  const { simulator, ask, byCode } = await grants();
  simulator.control.addAccount({ id: 401_122_335, clientId: 'second', clientSecret: 'key' });
  expect(await byCode(simulator.control.authorize({ accountId: 401_122_335 }).code)).toMatchObject(
    invalidGrant,
  );
  expect(await ask({ grant_type: 'authorization_code' })).toMatchObject({
    status: 400,
    body: { error: 'invalid_request' },
  });
});
