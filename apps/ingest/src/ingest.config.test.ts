import { describe, expect, test } from 'vitest';
import { loadIngestConfig } from './ingest.config.ts';

const redis = { REDIS_URL: 'redis://localhost:6379' };
const TOKEN = 'unguessable-last-segment';

describe('ingest refuses to start', () => {
  test.each([
    ['without a secret and without a token', redis, /no gate.*AVITO_WEBHOOK_TOKEN/],
    [
      'on hmac without a key',
      { ...redis, AVITO_WEBHOOK_TOKEN: TOKEN, AVITO_SIGNATURE_MODE: 'hmac' },
      /AVITO_WEBHOOK_SECRET/,
    ],
    [
      'when a key is set but not checked, and there is no token',
      { ...redis, AVITO_WEBHOOK_SECRET: 'key', AVITO_SIGNATURE_MODE: 'off' },
      /AVITO_WEBHOOK_TOKEN must be set/,
    ],
    ['without a queue', { AVITO_WEBHOOK_TOKEN: TOKEN }, /REDIS_URL is not set.*QUEUE_BACKEND=postgres/],
  ])('%s', async (_name, env, message) => {
    await expect(loadIngestConfig(env)).rejects.toThrow(message);
  });
});

test('all problems are told at once', async () => {
  await expect(loadIngestConfig({ LOG_LEVEL: 'loud', INGEST_PORT: 'x' })).rejects.toThrow(
    /LOG_LEVEL[\s\S]*REDIS_URL[\s\S]*INGEST_PORT[\s\S]*AVITO_WEBHOOK_TOKEN/,
  );
});

test('a token alone switches the signature check off, a secret switches it on', async () => {
  const webhookOf = async (env: Record<string, string>) =>
    (await loadIngestConfig({ ...redis, ...env })).webhook;
  expect(await webhookOf({ AVITO_WEBHOOK_TOKEN: TOKEN })).toMatchObject({
    webhook: { signatureMode: 'off' },
  });
  expect(await webhookOf({ AVITO_WEBHOOK_SECRET: 'key' })).toMatchObject({
    webhook: { signatureMode: 'hmac' },
  });
});
