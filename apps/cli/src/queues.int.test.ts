import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLogger } from '@avito-autoreply/runtime';
import { beforeEach, describe, expect, inject, onTestFinished, test } from 'vitest';
import { openQueues } from './queues.ts';
import { writeRunningStack } from './stack/stack-file.ts';

describe('where a stack runs on this machine', () => {
  const databaseUrl = inject('databaseUrl');
  let dataDir = '';
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'cli-queues-'));
    await writeRunningStack({
      dataDir,
      stack: { pid: process.pid, databaseUrl, queueEnv: { QUEUE_BACKEND: 'postgres' } },
    });
    return () => rm(dataDir, { recursive: true });
  });
  const open = (environment: Record<string, string>) =>
    openQueues(
      {
        environment,
        logger: silentLogger,
        onEnd: (close) =>
          onTestFinished(async () => {
            await close();
          }),
      },
      { dataDir },
    );

  test.each([
    ['by a command that names no database', {}],
    ['by a command that names the same', { DATABASE_URL: databaseUrl }],
  ])('its queue is used %s', async (_who, environment) => {
    const queues = await open(environment);
    await expect(queues.ping()).resolves.toBeUndefined();
  });

  test('its queue is not used by a command that names another database', async () => {
    await expect(open({ DATABASE_URL: 'postgres://elsewhere.example/other' })).rejects.toMatchObject({
      code: expect.stringContaining('config.'),
    });
  });
});
