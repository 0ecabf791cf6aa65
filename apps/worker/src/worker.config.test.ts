import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { policySettings } from '@avito-autoreply/config';
import { createSettingsOf } from './reply-settings.ts';
import { loadWorkerConfig } from './worker.config.ts';

test('a worker without anything is told everything that it needs', async () => {
  await expect(loadWorkerConfig({ AVITO_PROCESSING_WORKERS: 'many' })).rejects.toMatchObject({
    code: 'config.invalid',
    problems: [
      expect.stringMatching(/^REDIS_URL/),
      expect.stringMatching(/^DATABASE_URL/),
      expect.stringContaining('AVITO_CLIENT_ID'),
      expect.stringContaining('AVITO_PROCESSING_WORKERS'),
    ],
  });
});

async function fileWith(content: unknown): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'config-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const path = join(folder, 'file.json');
  await writeFile(path, JSON.stringify(content));
  return path;
}

test('a mistake in one variable hides nothing of the others, nor of the files that they name', async () => {
  await expect(
    loadWorkerConfig({
      QUEUE_BACKEND: 'kafka',
      RETENTION_DAYS: 'long',
      OPENAI_TIMEOUT_SECONDS: 'soon',
      AVITO_ACCOUNTS_FILE: await fileWith([{ user_id: 1, client_id: 'a' }]),
      AVITO_SETTINGS_FILE: '/nowhere/settings.json',
      OPENAI_PRICES_FILE: '/nowhere/prices.json',
    }),
  ).rejects.toMatchObject({
    code: 'config.invalid',
    problems: expect.arrayContaining([
      expect.stringMatching(/^QUEUE_BACKEND: /),
      expect.stringMatching(/^DATABASE_URL is not set/),
      expect.stringMatching(/^RETENTION_DAYS: /),
      expect.stringMatching(/^OPENAI_TIMEOUT_SECONDS: /),
      expect.stringMatching(/^AVITO_ACCOUNTS_FILE: .*client_secret/),
      expect.stringMatching(/^AVITO_SETTINGS_FILE: .*cannot be read/),
      expect.stringMatching(/^OPENAI_PRICES_FILE: .*cannot be read/),
    ]),
  });
});

test('what a ceiling lacks is told with the rest', async () => {
  const started = loadWorkerConfig({
    DATABASE_URL: 'postgres://localhost/autoreply',
    QUEUE_BACKEND: 'postgres',
    AVITO_CLIENT_ID: 'id',
    AVITO_CLIENT_SECRET: 'secret',
    AVITO_USER_ID: '1',
    OPENAI_API_KEY: 'k',
    OPENAI_CHAT_MODEL: 'chat',
    OPENAI_MONTHLY_BUDGET: '100',
    WORKER_PORT: 'none',
  });
  await expect(started).rejects.toMatchObject({
    problems: [expect.stringMatching(/no price for chat/), expect.stringMatching(/^WORKER_PORT: /)],
  });
});

test('seconds and minutes of the configuration become milliseconds', async () => {
  const { accounts, limits } = await loadWorkerConfig({
    DATABASE_URL: 'postgres://localhost/autoreply',
    QUEUE_BACKEND: 'postgres',
    AVITO_CLIENT_ID: 'id',
    AVITO_CLIENT_SECRET: 'secret',
    AVITO_USER_ID: '1',
    AVITO_RESPONSE_DELAY_SECONDS: '3',
    AVITO_MAX_MESSAGE_AGE_MINUTES: '2',
  });
  expect(limits).toEqual({ chatCalls: 3, compositions: 5, maxChats: 1_000, pollEveryMs: 60_000 });
  expect(createSettingsOf(accounts)(1)).toEqual({
    isEnabled: true,
    quietMs: 3_000,
    policy: policySettings({}),
    maxWaitMs: 30_000,
    maxAgeMs: 120_000,
    retentionDays: 365,
    knowledgeAccountId: 1,
  });
});
