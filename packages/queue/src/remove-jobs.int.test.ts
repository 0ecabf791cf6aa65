import { describe, expect, inject, test } from 'vitest';
import { composeReply, type QueueBackend, takeInEvent } from './index.ts';
import { createMailbox, withQueues } from './testing/queue-fixture.ts';

const databaseUrl = inject('databaseUrl');
const redisUrl = inject('redisUrl');
const backends: QueueBackend[] = [
  { kind: 'postgres', url: databaseUrl },
  ...(redisUrl === undefined ? [] : [{ kind: 'redis', url: redisUrl } as const]),
];

const event = (eventKey: string, text: string) => ({ eventKey, receivedAt: 1, body: { text } });
const holds = (text: string) => (payload: unknown) => JSON.stringify(payload).includes(text);
const soon = () => Date.now() + 60_000;

describe.each(backends)('removing jobs on $kind', (backend) => {
  test('takes those that fit out of every state, and no others', async () => {
    await withQueues(backend, async ({ queues, work, failures }) => {
      const done = createMailbox<string>();
      const processors = await work({
        takeInEvent: async ({ eventKey }) => {
          done.put(eventKey);
          if (eventKey.startsWith('failed')) throw new Error('канарейка');
        },
      });
      await queues.enqueue(takeInEvent, event('done-1', 'канарейка'));
      await queues.enqueue(takeInEvent, event('done-2', 'другое'));
      await done.next();
      await done.next();
      await processors.drain();
      await queues.enqueue(takeInEvent, event('waiting', 'канарейка'));
      await queues.enqueue(composeReply, { accountId: 7, chatId: 'канарейка', turn: 1 }, { delayMs: 60_000 });

      const options = { matches: holds('канарейка'), enqueuedBefore: soon() };
      const foreseen = await queues.removeJobs({ ...options, isDryRun: true });
      expect(foreseen).toEqual({ removed: { 'webhook-events': 2, replies: 1 }, atWork: 0 });
      expect(await queues.removeJobs({ ...options, enqueuedBefore: 1 })).toEqual({ removed: {}, atWork: 0 });
      expect(await queues.removeJobs(options)).toEqual(foreseen);
      expect(await queues.removeJobs(options)).toEqual({ removed: {}, atWork: 0 });
      const counts = await queues.counts();
      expect(counts['webhook-events']).toMatchObject({ waiting: 0, completed: 1 });
      expect(failures).toEqual([]);
    });
  });

  test('waits for a job at work; one that takes too long is counted, and leaves nothing when it is told to forget', async () => {
    await withQueues(backend, async ({ queues, work }) => {
      const started = createMailbox<string>();
      const finish = Promise.withResolvers<void>();
      const ended = Promise.withResolvers<void>();
      await work({
        takeInEvent: async ({ eventKey }, { forget }) => {
          started.put(eventKey);
          await finish.promise;
          forget();
          ended.resolve();
        },
      });
      await queues.enqueue(takeInEvent, event('slow', 'канарейка'));
      await started.next();
      const options = { matches: holds('канарейка'), enqueuedBefore: soon() };
      expect(await queues.removeJobs({ ...options, waitMs: 0 })).toEqual({ removed: {}, atWork: 1 });
      finish.resolve();
      await ended.promise;
      expect((await queues.removeJobs(options)).atWork).toBe(0);
      expect((await queues.counts())['webhook-events']).toMatchObject({ active: 0, completed: 0 });
    });
  });
});
