import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, inject, onTestFinished, test } from 'vitest';
import { queueKinds } from './stack-fixture.ts';

const main = fileURLToPath(new URL('../../apps/cli/src/main.ts', import.meta.url));

test.each(queueKinds)('the demo loses nothing and answers nothing twice, queue in %s', async (queue) => {
  const cwd = await mkdtemp(join(tmpdir(), 'demo-'));
  onTestFinished(() => rm(cwd, { recursive: true, force: true }));
  const redisUrl = inject('redisUrl');
  const { stdout } = await promisify(execFile)(process.execPath, [main, 'demo', '--json'], {
    cwd,
    env: {
      PATH: process.env['PATH'],
      DATABASE_URL: inject('databaseUrl'),
      ...(queue === 'redis' && redisUrl !== undefined
        ? { REDIS_URL: redisUrl }
        : { QUEUE_BACKEND: 'postgres' }),
    },
  });
  expect(JSON.parse(stdout)).toMatchObject({
    received: 10,
    answered: 8,
    handedOff: 2,
    ignored: 1,
    rejected: 1,
    duplicates: 1,
    unanswered: 0,
    answeredTwice: 0,
    milliseconds: { receivedToSent: { max: expect.any(Number) } },
  });
});
