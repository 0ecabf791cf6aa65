import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { AppError, createLifecycle, currentLogContext, silentLogger } from '@avito-autoreply/runtime';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import {
  composeReply,
  connectQueues,
  DelayJob,
  type JobContext,
  migrateQueueSchema,
  type QueueBackend,
  sendReply,
  sweep,
  takeInEvent,
} from './index.ts';
import { createMailbox, withQueues } from './testing/queue-fixture.ts';

const turn = (number: number) => ({ accountId: 7, chatId: 'u2i-~a:b', turn: number });
const event = (eventKey: string) => ({
  eventKey,
  receivedAt: 1_700_000_000_000,
  body: { text: 'Здравствуйте' },
});

const nothing = async () => {};

const databaseUrl = inject('databaseUrl');
const redisUrl = inject('redisUrl');

describeQueues('postgres', { kind: 'postgres', url: databaseUrl });
if (redisUrl !== undefined) describeQueues('redis', { kind: 'redis', url: redisUrl });

test.runIf(redisUrl !== undefined)(
  'jobs of one moment travel together, and each is told whether its id was taken',
  async () => {
    await withQueues({ kind: 'redis', url: redisUrl ?? '' }, async ({ queues }) => {
      await queues.enqueue(takeInEvent, event('m-7-0'));
      const enqueued = await Promise.all(
        ['m-7-0', 'm-7-1', 'm-7-2', 'm-7-1'].map((key) => queues.enqueue(takeInEvent, event(key))),
      );
      expect(enqueued.map(({ outcome }) => outcome)).toEqual(['duplicate', 'added', 'added', 'duplicate']);
      expect((await queues.counts())['webhook-events'].waiting).toBe(3);
    });
  },
);

/** What both backends promise. */
function describeQueues(name: string, service: QueueBackend): void {
  describe(`queues on ${name}`, () => {
    beforeAll(async () => {
      if (service.kind !== 'postgres') return;
      const { url } = service;
      await Promise.all([migrateQueueSchema({ url }), migrateQueueSchema({ url })]);
    });

    test('a shutdown that comes while the workers start finds and closes them', async () => {
      const lifecycle = createLifecycle({ logger: silentLogger });
      const queues = await connectQueues({
        backend: { ...service, prefix: `t-${crypto.randomUUID()}` },
        role: 'worker',
        logger: silentLogger,
        lifecycle,
      });
      const processors = {
        handlers: {
          takeInEvent: nothing,
          composeReply: nothing,
          sendReply: nothing,
          sweep: nothing,
          checkAccess: nothing,
          poll: nothing,
          refreshKnowledge: nothing,
          rebuildSpaces: nothing,
          purge: nothing,
        },
        concurrency: { 'webhook-events': 1, replies: 1, sends: 1, knowledge: 1, maintenance: 1 },
      };
      // Whether an interrupted start ends well or not is nobody's concern any more.
      queues.startProcessors(processors).catch(() => {});
      expect(await lifecycle.shutdown('test')).toEqual({ clean: true });
      await expect(queues.startProcessors(processors)).rejects.toMatchObject({ code: 'queue.closed' });
    });

    test('a job reaches its handler with the payload, its circumstances and a log context', async () => {
      await withQueues(service, async ({ queues, work }) => {
        const seen = createMailbox<{ payload: unknown; context: JobContext; log: unknown }>();
        await work({
          composeReply: async (payload, context) => seen.put({ payload, context, log: currentLogContext() }),
        });
        const enqueued = await queues.enqueue(composeReply, turn(3));
        expect(enqueued).toEqual({ jobId: 'c-7-u2i-~a_b-3', outcome: 'added' });
        const { payload, context, log } = await seen.next();
        expect(payload).toEqual(turn(3));
        expect(context).toMatchObject({ jobId: 'c-7-u2i-~a_b-3', attempt: 1, isLastAttempt: false });
        expect(context.maxAttempts).toBeGreaterThan(1);
        expect(log).toMatchObject({
          jobId: context.jobId,
          queue: 'replies',
          accountId: 7,
          chatId: 'u2i-~a:b',
        });
      });
    });

    test('a waiting job holds its id, so a second enqueue is a duplicate and the handler runs once', async () => {
      await withQueues(service, async ({ queues, work }) => {
        expect((await queues.enqueue(takeInEvent, event('m-7-1'))).outcome).toBe('added');
        expect((await queues.enqueue(takeInEvent, event('m-7-1'))).outcome).toBe('duplicate');
        await queues.enqueue(takeInEvent, event('m-7-2'));
        const seen = createMailbox<string>();
        await work({ takeInEvent: async ({ eventKey }) => seen.put(eventKey) });
        await seen.next();
        await seen.next();
        expect(seen.all.toSorted()).toEqual(['m-7-1', 'm-7-2']);
      });
    });

    test('a delayed job lets others pass and then runs by itself', async () => {
      await withQueues(service, async ({ queues, work }) => {
        const seen = createMailbox<number>();
        await work({ composeReply: async (payload) => seen.put(payload.turn) });
        await queues.enqueue(composeReply, turn(1), { delayMs: 600_000 });
        await queues.enqueue(composeReply, turn(2));
        expect(await seen.next()).toBe(2);
        await queues.enqueue(composeReply, turn(3), { delayMs: 100 });
        expect(await seen.next()).toBe(3);
      });
    });

    test('a job that failed for good gives its id free for the next enqueue', async () => {
      await withQueues(service, async ({ queues, work, failures }) => {
        const seen = createMailbox<number>();
        let broken = true;
        await work({
          sendReply: async (_payload, { attempt }) => {
            seen.put(attempt);
            if (broken) throw new AppError('no rights', { code: 'avito.forbidden' });
          },
        });
        await queues.enqueue(sendReply, { accountId: 7, chatId: 'c', replyId: 'r1' });
        await seen.next();
        await expect.poll(() => failures).toHaveLength(1);
        broken = false;
        const again = await queues.enqueue(sendReply, { accountId: 7, chatId: 'c', replyId: 'r1' });
        expect(again).toEqual({ jobId: 's-r1', outcome: 'added' });
        expect(await seen.next()).toBe(1);
        expect(failures).toHaveLength(1);
      });
    });

    test('after success a bell may ring again, while an event stays a duplicate', async () => {
      await withQueues(service, async ({ queues, work }) => {
        const rung = createMailbox<string>();
        await work({
          composeReply: async () => rung.put('compose'),
          takeInEvent: async () => rung.put('event'),
        });
        await queues.enqueue(composeReply, turn(1));
        await queues.enqueue(takeInEvent, event('m-7-1'));
        await expect
          .poll(async () => {
            const counts = await queues.counts();
            return [counts.replies.completed, counts['webhook-events'].completed];
          })
          .toEqual([1, 1]);
        expect((await queues.enqueue(composeReply, turn(1))).outcome).toBe('added');
        expect((await queues.enqueue(takeInEvent, event('m-7-1'))).outcome).toBe('duplicate');
        await expect.poll(() => rung.all.toSorted()).toEqual(['compose', 'compose', 'event']);
      });
    });

    test('a failure that may pass is retried after a while and not reported', async () => {
      await withQueues(service, async ({ queues, work, failures }) => {
        const attempts = createMailbox<number>();
        await work({
          composeReply: async (_payload, { attempt }) => {
            attempts.put(attempt);
            if (attempt === 1) throw new Error('nobody classified this');
          },
        });
        await queues.enqueue(composeReply, turn(1));
        expect([await attempts.next(), await attempts.next()]).toEqual([1, 2]);
        await expect.poll(async () => (await queues.counts()).replies.completed).toBe(1);
        expect(failures).toEqual([]);
      });
    });

    test('a failure that will not pass is reported once, with its reason', async () => {
      await withQueues(service, async ({ queues, work, failures }) => {
        await work({
          composeReply: async () => {
            throw new AppError('POST /messages: 402', { code: 'avito.payment-required' });
          },
        });
        await queues.enqueue(composeReply, turn(1));
        await expect.poll(() => failures).toHaveLength(1);
        expect(failures[0]).toMatchObject({
          queue: 'replies',
          name: 'compose-reply',
          jobId: 'c-7-u2i-~a_b-1',
          attempts: 1,
          code: 'avito.payment-required',
          reason: 'POST /messages: 402 (avito.payment-required, not-retryable)',
        });
        expect((await queues.counts()).replies).toMatchObject({ failed: 1, waiting: 0, delayed: 0 });
      });
    });

    test('when the attempts are spent the job is reported once', async () => {
      await withQueues(service, async ({ queues, work, failures }) => {
        await work({
          sweep: async () => {
            throw new Error('no database');
          },
        });
        await queues.enqueue(sweep, {});
        await expect.poll(() => failures).toHaveLength(1);
        expect(failures[0]).toMatchObject({
          reason: 'no database',
          code: 'internal.unexpected',
          attempts: 1,
        });
      });
    });

    test('a handler whose time has not come, or that was asked to wait, spends no attempt', async () => {
      await withQueues(service, async ({ queues, work, failures }) => {
        const runs = createMailbox<number>();
        await work({
          composeReply: async (_payload, { attempt }) => {
            runs.put(attempt);
            if (runs.all.length === 1)
              throw new DelayJob({ untilMs: Date.now() + 100, reason: 'the burst goes on' });
            if (runs.all.length === 2) {
              throw new AppError('429', { code: 'avito.rate-limited', isRetryable: true, retryAfterMs: 100 });
            }
          },
        });
        await queues.enqueue(composeReply, turn(1));
        expect([await runs.next(), await runs.next(), await runs.next()]).toEqual([1, 1, 1]);
        await expect.poll(async () => (await queues.counts()).replies.completed).toBe(1);
        expect(failures).toEqual([]);
      });
    });

    test('while a service is away a scheduled job is skipped, and no other one spends its attempts', async () => {
      await withQueues(service, async ({ queues, work, failures }) => {
        const away = new AppError('Postgres does not answer', {
          code: 'database.unavailable',
          isRetryable: true,
        });
        const attempts = createMailbox<number>();
        await work({
          sweep: async () => {
            throw away;
          },
          composeReply: async (_payload, { attempt }) => {
            attempts.put(attempt);
            if (attempts.all.length === 1) throw away;
          },
        });
        await queues.enqueue(sweep, {});
        await queues.enqueue(composeReply, turn(1));
        expect([await attempts.next(), await attempts.next()]).toEqual([1, 1]);
        await expect.poll(async () => (await queues.counts()).maintenance.completed).toBe(1);
        expect(failures).toEqual([]);
      });
    });

    test('a payload that does not fit, queued by whomever, is given up and reported', async () => {
      await withQueues(service, async ({ queues, work, failures }) => {
        const replies = queues.boardQueues().find((queue) => queue.name.endsWith('replies'));
        await replies?.add('compose-reply', { accountId: 'seven', chatId: 'c' }, { attempts: 5 });
        await work({});
        await expect.poll(() => failures).toHaveLength(1);
        expect(failures[0]).toMatchObject({
          code: 'queue.bad-payload',
          payload: { accountId: 'seven', chatId: 'c' },
        });
        expect(failures[0]?.reason).toContain('accountId');
      });
    });

    test('a scheduled job rings again and again, from whichever process it was scheduled', async () => {
      await withQueues(service, async ({ queues, connect, work }) => {
        const other = await connect();
        await queues.schedule(sweep, {}, { everyMs: 200 });
        await other.schedule(sweep, {}, { everyMs: 100 });
        const rings = createMailbox<number>();
        await work({ sweep: async (_payload, { enqueuedAt }) => rings.put(enqueuedAt) });
        for (let ring = 0; ring < 3; ring += 1) await rings.next();
        const [maintenance] = queues.boardQueues().filter((queue) => queue.name.endsWith('maintenance'));
        expect(await maintenance?.getJobSchedulersCount()).toBe(1);
      });
    });

    test('a schedule that its service forgot is put back', async () => {
      await withQueues(service, async ({ queues, work }) => {
        const rings = createMailbox<string>();
        await work({ sweep: async (_payload, { jobId }) => rings.put(jobId) });
        await queues.schedule(sweep, {}, { everyMs: 60_000 });
        await rings.next();
        const [maintenance] = queues.boardQueues().filter((queue) => queue.name.endsWith('maintenance'));
        await maintenance?.removeJobScheduler('sweep');
        // Once by the schedule, which begins at once, or by the ring that makes up for what was lost.
        await rings.next();
        expect(await maintenance?.getJobSchedulersCount()).toBe(1);
      });
    });

    test('failed jobs are listed with their reason, and one goes back into the line with all its attempts', async () => {
      await withQueues(service, async ({ queues, work, failures }) => {
        let broken = true;
        const attempts = createMailbox<number>();
        await work({
          sendReply: async (_payload, { attempt }) => {
            if (broken) throw new AppError('no rights', { code: 'avito.forbidden' });
            attempts.put(attempt);
          },
        });
        const { jobId } = await queues.enqueue(sendReply, { accountId: 7, chatId: 'c', replyId: 'r1' });
        await expect.poll(() => failures).toHaveLength(1);
        const [failed, ...others] = await queues.failedJobs();
        expect(others).toEqual([]);
        expect(failed).toMatchObject({
          queue: 'sends',
          jobId,
          name: 'send-reply',
          reason: expect.stringContaining('avito.forbidden'),
          failedAt: expect.any(Date),
          accountId: 7,
          chatId: 'c',
        });
        broken = false;
        await queues.retryFailed({ queue: 'sends', jobId });
        expect(await attempts.next()).toBe(1);
        await expect(queues.retryFailed({ queue: 'sends', jobId: 'none' })).rejects.toMatchObject({
          code: 'queue.no-such-failed-job',
        });
      });
    });

    test('a job that is put back is as good as new, however old it is', async () => {
      await withQueues(service, async ({ queues, work, failures }) => {
        const [sends] = queues.boardQueues().filter((queue) => queue.name.endsWith('sends'));
        const tried = createMailbox<JobContext>();
        await work({
          sendReply: async (_payload, context) => {
            tried.put(context);
            throw new AppError('later', { code: 'test.later', isRetryable: true, retryAfterMs: 20 });
          },
        });
        const { name } = sendReply;
        const timestamp = Date.now() - 48 * 3_600_000;
        await sends?.add(
          name,
          { accountId: 7, chatId: 'c', replyId: 'r' },
          { jobId: 'old', attempts: 20, timestamp },
        );
        expect(await tried.next()).toMatchObject({ enqueuedAt: timestamp });
        await expect.poll(() => failures).toMatchObject([{ code: 'test.later', jobId: 'old' }]);
        await queues.retryFailed({ queue: 'sends', jobId: 'old' });
        await tried.next();
        const again = await tried.next();
        expect(again.enqueuedAt).toBeGreaterThan(timestamp);
        expect(failures).toHaveLength(1);
      });
    });

    test('closing lets work in hand end', async () => {
      await withQueues(service, async ({ queues, work }) => {
        const started = createMailbox<string>();
        const { promise: mayEnd, resolve: end } = Promise.withResolvers<void>();
        const processors = await work({
          composeReply: async () => {
            started.put('started');
            await mayEnd;
          },
        });
        await queues.enqueue(composeReply, turn(1));
        await started.next();
        const drained = processors.drain();
        end();
        await drained;
        expect((await queues.counts()).replies).toMatchObject({ completed: 1, active: 0 });
      });
    });

    test('the lifecycle of the process drains the work in hand and then disconnects', async () => {
      await withQueues(service, async ({ queues, connect, work }) => {
        const lifecycle = createLifecycle({ logger: silentLogger });
        const leaving = await connect({ lifecycle });
        const started = createMailbox<string>();
        const { promise: mayEnd, resolve: end } = Promise.withResolvers<void>();
        await work(
          {
            composeReply: async () => {
              started.put('started');
              await mayEnd;
              await leaving.enqueue(sendReply, { accountId: 7, chatId: 'c', replyId: 'r1' });
            },
          },
          { on: leaving },
        );
        await queues.enqueue(composeReply, turn(1));
        await started.next();
        const shutdown = lifecycle.shutdown('test');
        end();
        expect(await shutdown).toEqual({ clean: true });
        const { replies, sends } = await queues.counts();
        expect(replies).toMatchObject({ completed: 1, active: 0 });
        // A worker that was just looking may still have taken it; then it was done before the end.
        expect({ active: sends.active, rest: sends.waiting + sends.completed }).toEqual({
          active: 0,
          rest: 1,
        });
        await expect(leaving.ping()).rejects.toMatchObject({ code: 'queue.unavailable' });
      });
    });

    test('work that cannot end in time is aborted and done by another process, without spending an attempt', async () => {
      await withQueues(service, async ({ queues, connect, work, failures }) => {
        const leaving = await connect();
        const started = createMailbox<string>();
        const processors = await work(
          {
            composeReply: async (_payload, { signal }) => {
              started.put('started');
              await once(signal, 'abort');
              signal.throwIfAborted();
            },
          },
          { on: leaving, drainMs: 50 },
        );
        await queues.enqueue(composeReply, turn(1));
        await started.next();
        await processors.drain();
        const attempts = createMailbox<number>();
        await work({ composeReply: async (_payload, { attempt }) => attempts.put(attempt) });
        expect(await attempts.next()).toBe(1);
        expect(failures).toEqual([]);
      });
    });

    // Within seconds: as BullMQ is set by default it would take a minute.
    test('the job of a killed worker is taken over', { timeout: 30_000 }, async () => {
      await withQueues(service, async ({ backend, queues, work }) => {
        const file = new URL('./testing/stuck-worker.main.ts', import.meta.url).pathname;
        const child = spawn(process.execPath, [file, JSON.stringify(backend)], {
          stdio: ['pipe', 'pipe', 'inherit'],
        });
        await queues.enqueue(composeReply, turn(1));
        await once(child.stdout, 'data');
        child.kill('SIGKILL');
        const attempts = createMailbox<number>();
        await work({ composeReply: async (_payload, { attempt }) => attempts.put(attempt) });
        expect(await attempts.next()).toBe(1);
      });
    });

    test('counts, ping and the queues for Bull Board', async () => {
      await withQueues(service, async ({ queues }) => {
        await queues.ping();
        await queues.enqueue(composeReply, turn(1), { delayMs: 60_000 });
        await queues.enqueue(composeReply, turn(2));
        expect(await queues.counts()).toMatchObject({
          replies: { waiting: 1, delayed: 1, active: 0, failed: 0, completed: 0 },
          sends: { waiting: 0 },
        });
        expect(queues.boardQueues()).toHaveLength(5);
      });
    });

    test('a queue that is paused on the board says so, and what waits in it is counted and can be removed', async () => {
      await withQueues(service, async ({ queues }) => {
        const [sends] = queues.boardQueues().filter((queue) => queue.name.endsWith('sends'));
        await sends?.pause();
        await queues.enqueue(sendReply, { accountId: 7, chatId: 'u2i-1', replyId: crypto.randomUUID() });
        expect(await sends?.isPaused()).toBe(true);
        expect((await queues.counts()).sends.waiting).toBe(1);
        const all = { matches: () => true, enqueuedBefore: Date.now() + 60_000 };
        expect(await queues.removeJobs(all)).toEqual({ removed: { sends: 1 }, atWork: 0 });
        await sends?.resume();
        expect(await sends?.isPaused()).toBe(false);
      });
    });

    test('what is set on the board is told of each queue', async () => {
      await withQueues(service, async ({ queues }) => {
        const [sends] = queues.boardQueues().filter((queue) => queue.name.endsWith('sends'));
        expect(Object.values(await queues.holds()).filter((hold) => hold !== undefined)).toEqual([]);
        await sends?.setGlobalConcurrency(2);
        await sends?.setGlobalRateLimit(5, 60_000);
        expect(await queues.holds()).toMatchObject({
          sends: { isPaused: false, concurrency: 2, rate: { max: 5, durationMs: 60_000 } },
          replies: undefined,
        });
        await sends?.removeGlobalConcurrency();
        await sends?.removeGlobalRateLimit();
        await sends?.pause();
        expect((await queues.holds()).sends).toEqual({ isPaused: true, concurrency: null, rate: null });
      });
    });

    test('a server that is not there is reported in plain words', async () => {
      const nowhere = new URL(service.url);
      nowhere.port = '1';
      const connecting = connectQueues({
        backend: { ...service, url: nowhere.href },
        role: 'worker',
        logger: silentLogger,
        enqueueTimeoutMs: 300,
      });
      await expect(connecting).rejects.toMatchObject({ code: 'queue.unavailable', isRetryable: true });
    });
  });
}
