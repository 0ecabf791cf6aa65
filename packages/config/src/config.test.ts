import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { accessConfig, accessEnv, replyEnv, webhookConfig, webhookEnv } from './avito.env.ts';
import { adminEnv } from './http.env.ts';
import { loadConfig } from './load-config.ts';
import { modelConfig, modelSecrets, openaiEnv } from './openai.env.ts';
import { databaseEnv, queueEnv, requireDatabaseUrl, requireQueueBackend } from './services.env.ts';

const storage = z.object({ ...queueEnv.shape, ...databaseEnv.shape });

describe('loadConfig', () => {
  test('lists every problem at once and never quotes a value', () => {
    const schema = z.object({ ...replyEnv.shape, ...adminEnv.shape, ...queueEnv.shape });
    const load = () =>
      loadConfig(schema, {
        AVITO_PROCESSING_WORKERS: 'many',
        ADMIN_API_KEY: 'short',
        REDIS_URL: 'http://user:pw@x',
      });
    expect(load).toThrow(
      expect.objectContaining({
        code: 'config.invalid',
        problems: [
          expect.stringMatching(/^AVITO_PROCESSING_WORKERS: must be a whole number/),
          expect.stringMatching(/^ADMIN_API_KEY: must be at least 16/),
          expect.stringMatching(/^REDIS_URL: must be an address/),
        ],
      }),
    );
    expect(load).not.toThrow(/many|short|pw/);
  });

  // No client asks with what such an address holds, and doctor, logs and errors name addresses.
  test.each(['http://user:hidden@models:8000/v1', 'http://hidden@models/v1', 'https://models/v1?key=hidden'])(
    'an address of a server with a key in it is refused: %s',
    (url) => {
      const load = () => loadConfig(openaiEnv, { OPENAI_BASE_URL: url });
      expect(load).toThrow(/OPENAI_BASE_URL: must hold no name, password or query/);
      expect(load).not.toThrow(/hidden/);
    },
  );

  test('an empty variable counts as absent, so the default holds', () => {
    expect(loadConfig(replyEnv, { AVITO_RESPONSE_DELAY_SECONDS: ' ' })).toMatchObject({
      AVITO_RESPONSE_DELAY_SECONDS: 2,
      AVITO_AUTO_REPLY_ENABLED: true,
    });
  });

  test('false is false, and the result cannot be changed', () => {
    const config = loadConfig(replyEnv, { AVITO_AUTO_REPLY_ENABLED: 'false' });
    expect(config.AVITO_AUTO_REPLY_ENABLED).toBe(false);
    expect(Object.isFrozen(config)).toBe(true);
  });
});

describe('where the queue and the database are', () => {
  test('without addresses the refusal names the variable and the alternatives', () => {
    const env = loadConfig(storage, {});
    expect(() => requireDatabaseUrl(env)).toThrow(/DATABASE_URL is not set.*docker compose.*npm start/);
    expect(() => requireQueueBackend(env)).toThrow(/REDIS_URL is not set.*QUEUE_BACKEND=postgres/);
  });

  test('QUEUE_BACKEND=postgres takes the database for the queue as well, even beside REDIS_URL', () => {
    const env = loadConfig(storage, {
      QUEUE_BACKEND: 'postgres',
      DATABASE_URL: 'postgres://db/x',
      REDIS_URL: 'redis://r:6379',
    });
    expect(requireQueueBackend(env)).toEqual({
      kind: 'postgres',
      url: 'postgres://db/x',
      prefix: 'avito-autoreply',
    });
  });
});

describe('the webhook gate', () => {
  test('a secret makes hmac the mode; two secrets are for rotating', () => {
    expect(webhookConfig(loadConfig(webhookEnv, { AVITO_WEBHOOK_SECRET: 'new, old' }))).toEqual({
      secrets: ['new', 'old'],
      signatureMode: 'hmac',
      token: undefined,
    });
    expect(webhookConfig(loadConfig(webhookEnv, {})).signatureMode).toBe('off');
  });

  test('three secrets and a guessable token are refused', () => {
    const load = () =>
      loadConfig(webhookEnv, { AVITO_WEBHOOK_SECRET: 'a,b,c', AVITO_WEBHOOK_TOKEN: 'short' });
    expect(load).toThrow(/AVITO_WEBHOOK_SECRET[\s\S]*AVITO_WEBHOOK_TOKEN/);
  });
});

test('without a key there is no model; dimensions beyond what pgvector indexes are refused', () => {
  expect(modelConfig(loadConfig(openaiEnv, { OPENAI_CHAT_MODEL: 'm' }))).toBeUndefined();
  expect(modelConfig(loadConfig(openaiEnv, { OPENAI_API_KEY: 'k' }))?.baseUrl).toBe(
    'https://api.openai.com/v1',
  );
  expect(() => loadConfig(openaiEnv, { OPENAI_EMBEDDING_DIMENSIONS: '5000' })).toThrow(/4000/);
});

test('a second chat model uses the server and the key of the first unless it has its own', () => {
  const first = { OPENAI_API_KEY: 'k', OPENAI_BASE_URL: 'http://one/v1', OPENAI_SECOND_CHAT_MODEL: 'm2' };
  expect(modelConfig(loadConfig(openaiEnv, first))?.secondChatModel).toEqual({
    apiKey: 'k',
    baseUrl: 'http://one/v1',
    model: 'm2',
  });
  const own = { ...first, OPENAI_SECOND_BASE_URL: 'http://two/v1', OPENAI_SECOND_API_KEY: 'k2' };
  expect(modelConfig(loadConfig(openaiEnv, own))?.secondChatModel).toMatchObject({
    apiKey: 'k2',
    baseUrl: 'http://two/v1',
  });
  expect(modelSecrets(modelConfig(loadConfig(openaiEnv, own)))).toEqual(['k', 'k2']);
  expect(modelSecrets(undefined)).toEqual([]);
});

describe('the watch over access and webhook', () => {
  const load = (env: Record<string, string>) => accessConfig(loadConfig(accessEnv, env));

  test('looks daily, and 0 switches it off', () => {
    expect(load({})).toEqual({ checkEveryMs: 86_400_000, publicUrl: undefined, isAutoRegister: false });
    expect(load({ AVITO_ACCESS_CHECK_HOURS: '0' }).checkEveryMs).toBeNull();
  });

  test('registers by itself only where it knows the address and may look', () => {
    const wanted = { AVITO_WEBHOOK_AUTO_REGISTER: 'true', AVITO_WEBHOOK_PUBLIC_URL: 'https://shop.example/' };
    expect(load(wanted)).toMatchObject({ isAutoRegister: true, publicUrl: 'https://shop.example' });
    expect(() => load({ AVITO_WEBHOOK_AUTO_REGISTER: 'true' })).toThrow(/AVITO_WEBHOOK_PUBLIC_URL/);
    expect(() => load({ ...wanted, AVITO_ACCESS_CHECK_HOURS: '0' })).toThrow(/AVITO_ACCESS_CHECK_HOURS/);
  });
});
