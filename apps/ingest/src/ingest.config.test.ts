import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
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

describe('with a file of accounts', () => {
  async function envOf(webhooks: readonly unknown[]) {
    const folder = await mkdtemp(join(tmpdir(), 'accounts-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const path = join(folder, 'accounts.json');
    const accounts = webhooks.map((webhook, index) => ({
      user_id: index + 1,
      client_id: 'id',
      client_secret: 'client-secret',
      ...(webhook === undefined ? {} : { webhook }),
    }));
    await writeFile(path, JSON.stringify(accounts));
    return { ...redis, AVITO_ACCOUNTS_FILE: path };
  }

  test('each account has its gate, its own or that of the environment', async () => {
    const env = await envOf([{ token: 'token-of-the-first' }, undefined]);
    const { webhook, secrets } = await loadIngestConfig({ ...env, AVITO_WEBHOOK_TOKEN: TOKEN });
    expect(webhook).toMatchObject({
      kind: 'accounts',
      accounts: [
        { userId: 1, webhook: { token: 'token-of-the-first' } },
        { userId: 2, webhook: { token: TOKEN } },
      ],
    });
    expect(secrets).toEqual(['token-of-the-first', TOKEN]);
    expect(JSON.stringify(webhook)).not.toContain('client-secret');
  });

  test('ingest refuses to start when accounts have no gate, and names them all', async () => {
    const env = await envOf([undefined, { token: 'token-of-the-second' }, undefined]);
    await expect(loadIngestConfig(env)).rejects.toThrow(
      /account 1 has no webhook[^\n]*AVITO_WEBHOOK_TOKEN[\s\S]*account 3 has no webhook/,
    );
  });
});
