import { policySettings } from '@avito-autoreply/config';
import { expect, test } from 'vitest';
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
  expect(limits).toEqual({ concurrency: 3, maxChats: 1_000, pollEveryMs: 60_000 });
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
