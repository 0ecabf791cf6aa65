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
  ])('%s', (_name, env, message) => {
    expect(() => loadIngestConfig(env)).toThrow(message);
  });
});

test('a token alone switches the signature check off, a secret switches it on', () => {
  expect(loadIngestConfig({ ...redis, AVITO_WEBHOOK_TOKEN: TOKEN }).webhook.signatureMode).toBe('off');
  expect(loadIngestConfig({ ...redis, AVITO_WEBHOOK_SECRET: 'key' }).webhook.signatureMode).toBe('hmac');
});
