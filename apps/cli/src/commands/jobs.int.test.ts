import { connectQueues, migrateQueueSchema, sendReply } from '@avito-autoreply/queue';
import { AppError, silentLogger } from '@avito-autoreply/runtime';
import { beforeAll, expect, inject, onTestFinished, test } from 'vitest';
import { runCli } from '../testing/run-cli.ts';

const databaseUrl = inject('databaseUrl');
beforeAll(() => migrateQueueSchema({ url: databaseUrl }));

/** Queues of their own with one failed job, and the command line on them. */
async function setUp() {
  const prefix = `cli-${crypto.randomUUID().slice(0, 8)}`;
  const backend = { kind: 'postgres', url: databaseUrl, prefix } as const;
  const queues = await connectQueues({ backend, role: 'worker', logger: silentLogger });
  onTestFinished(queues.close);
  const { promise: failed, resolve } = Promise.withResolvers<string>();
  const done: string[] = [];
  let isBroken = true;
  const nothing = async () => {};
  await queues.startProcessors({
    handlers: {
      takeInEvent: nothing,
      composeReply: nothing,
      sweep: nothing,
      poll: nothing,
      purge: nothing,
      refreshKnowledge: nothing,
      rebuildSpaces: nothing,
      checkAccess: nothing,
      sendReply: async ({ replyId }) => {
        if (isBroken) throw new AppError('no rights', { code: 'avito.access-denied' });
        done.push(replyId);
      },
    },
    concurrency: { 'webhook-events': 1, replies: 1, sends: 1, knowledge: 1, maintenance: 1 },
    onFailed: ({ jobId }) => resolve(jobId),
  });
  await queues.enqueue(sendReply, { accountId: 7, chatId: 'c', replyId: 'r1' });
  await failed;
  isBroken = false;
  const cli = (...argv: string[]) =>
    runCli(['jobs', ...argv], {
      DATABASE_URL: databaseUrl,
      QUEUE_BACKEND: 'postgres',
      QUEUE_PREFIX: prefix,
    });
  return { cli, done };
}

test('what failed is shown with its reason as exit code 1, retried by name, and gone', async () => {
  const { cli, done } = await setUp();
  const shown = await cli('failed');
  expect(shown.exitCode).toBe(1);
  expect(shown.stdout).toMatch(/sends +s-r1 +\d{4}-.* UTC +1× +no rights \(avito\.access-denied/);
  expect(await cli('retry', 'sends', 's-r1')).toMatchObject({ exitCode: 0 });
  await expect.poll(() => done).toEqual(['r1']);
  expect(await cli('failed')).toMatchObject({ exitCode: 0, stdout: 'No job has failed.\n' });
  expect(await cli('retry', 'sends', 's-r1')).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining('queue.no-such-failed-job'),
  });
});

test('all of them are retried with --all, and a job that is not named is a wrong call', async () => {
  const { cli, done } = await setUp();
  expect(await cli('retry')).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('--all') });
  const retried = await cli('retry', '--all', '--json');
  expect(JSON.parse(retried.stdout)).toEqual({ retried: [{ queue: 'sends', jobId: 's-r1' }] });
  await expect.poll(() => done).toEqual(['r1']);
});
