import { createFaultProxy } from '@avito-autoreply/runtime/testing';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { composeReply, migrateQueueSchema } from './index.ts';
import { outlastOutage } from './testing/outlast-outage.ts';
import { withQueues } from './testing/queue-fixture.ts';

const turn = (number: number) => ({ accountId: 7, chatId: 'c', turn: number });
const unavailable = { code: 'queue.unavailable', isRetryable: true };
const url = inject('databaseUrl');

describe('when Postgres holds the queues and goes away', () => {
  beforeAll(() => migrateQueueSchema({ url }));

  test('a producer gets an error in time, and works again by itself', async () => {
    await withQueues({ kind: 'postgres', url }, async ({ backend, connect }) => {
      const proxy = await createFaultProxy({ targetUrl: url });
      const producer = await connect({
        role: 'producer',
        backend: { ...backend, url: proxy.url },
        enqueueTimeoutMs: 1_000,
      });
      await producer.enqueue(composeReply, turn(1));
      await proxy.cut();
      await expect(producer.enqueue(composeReply, turn(2))).rejects.toMatchObject(unavailable);
      await proxy.heal();
      await expect.poll(() => producer.ping().then(() => 'up')).toBe('up');
      proxy.fault({ kind: 'black-hole' });
      await expect(producer.enqueue(composeReply, turn(3))).rejects.toMatchObject(unavailable);
      await proxy.heal();
      await expect
        .poll(() => producer.enqueue(composeReply, turn(4)).then(({ outcome }) => outcome))
        .toMatch(/added|duplicate/);
      await producer.close();
      await proxy.close();
    });
  });

  test('a worker goes on working once it is back', () => outlastOutage({ kind: 'postgres', url }));
});
