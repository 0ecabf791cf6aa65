import { expect, test } from 'vitest';
import { loadAdminConfig } from './admin.config.ts';

const environment = {
  ADMIN_API_KEY: 'a-key-of-enough-characters',
  DATABASE_URL: 'postgres://localhost/autoreply',
  REDIS_URL: 'redis://localhost',
  AVITO_CLIENT_ID: 'id',
  AVITO_CLIENT_SECRET: 'secret',
  AVITO_USER_ID: '401122334',
};

test('the environment of a small shop is enough', async () => {
  expect(await loadAdminConfig(environment)).toMatchObject({
    http: { port: 3001, host: '127.0.0.1' },
    accounts: [{ userId: 401_122_334 }],
    model: undefined,
    rerank: undefined,
  });
});

test.each([
  ['ADMIN_API_KEY', undefined],
  ['ADMIN_API_KEY', 'short'],
  ['DATABASE_URL', undefined],
  ['REDIS_URL', undefined],
  ['AVITO_CLIENT_ID', undefined],
])('without a good %s the server does not start, and says so', async (name, value) => {
  await expect(loadAdminConfig({ ...environment, [name]: value })).rejects.toThrow(name);
});

test('what must not be logged is listed', async () => {
  const { secrets } = await loadAdminConfig({
    ...environment,
    AVITO_WEBHOOK_TOKEN: 'an-unguessable-token',
    AVITO_WEBHOOK_SECRET: 'webhook-secret',
    OPENAI_API_KEY: 'model-key',
  });
  expect(secrets.toSorted()).toEqual(
    [environment.ADMIN_API_KEY, 'an-unguessable-token', 'model-key', 'secret', 'webhook-secret'].toSorted(),
  );
});
