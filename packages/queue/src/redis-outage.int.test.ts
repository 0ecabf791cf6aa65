import { silentLogger } from '@avito-autoreply/runtime';
import { createFaultProxy, type FaultProxy } from '@avito-autoreply/runtime/testing';
import { describe, expect, inject, test } from 'vitest';
import { composeReply, connectQueues, inspectRedis } from './index.ts';
import { openRedis, workerOptions } from './redis-connection.ts';
import { startFakeRedis } from './testing/fake-redis.ts';
import { outlastOutage } from './testing/outlast-outage.ts';
import { withQueues } from './testing/queue-fixture.ts';

const turn = (number: number) => ({ accountId: 7, chatId: 'c', turn: number });
const unavailable = { code: 'queue.unavailable', isRetryable: true };
const redisUrl = inject('redisUrl');

describe.runIf(redisUrl !== undefined)('a producer whose Redis', () => {
  const redis = { kind: 'redis', url: redisUrl ?? '' } as const;

  const throughProxy = async (use: Parameters<typeof run>[0]) => run(use);
  async function run(
    use: (deps: {
      proxy: FaultProxy;
      connect: () => ReturnType<typeof connectQueues>;
      counts: () => Promise<number>;
    }) => Promise<void>,
  ): Promise<void> {
    await withQueues(redis, async ({ backend, queues, connect }) => {
      const proxy = await createFaultProxy({ targetUrl: redis.url });
      try {
        await use({
          proxy,
          connect: () =>
            connect({ role: 'producer', backend: { ...backend, url: proxy.url }, enqueueTimeoutMs: 1_000 }),
          counts: async () => (await queues.counts()).replies.waiting,
        });
      } finally {
        await proxy.close();
      }
    });
  }

  test('died gets an error in time, and works again by itself once it is back', async () => {
    await throughProxy(async ({ proxy, connect, counts }) => {
      const producer = await connect();
      await producer.enqueue(composeReply, turn(1));
      await proxy.cut();
      await expect(producer.enqueue(composeReply, turn(2))).rejects.toMatchObject(unavailable);
      await expect(producer.ping()).rejects.toMatchObject(unavailable);
      await proxy.heal();
      await expect.poll(() => producer.ping().then(() => 'up')).toBe('up');
      await producer.enqueue(composeReply, turn(3));
      expect(await counts()).toBe(2); // what was refused did not come in behind the caller's back
    });
  });

  test('died says so to who removes jobs, too', async () => {
    await throughProxy(async ({ proxy, connect }) => {
      const producer = await connect();
      await proxy.cut();
      const removing = producer.removeJobs({ matches: () => true, enqueuedBefore: Date.now() });
      await expect(removing).rejects.toMatchObject(unavailable);
    });
  });

  test('hangs gets an error in time, and works again by itself once it answers', async () => {
    await throughProxy(async ({ proxy, connect }) => {
      const producer = await connect();
      await producer.enqueue(composeReply, turn(1));
      proxy.fault({ kind: 'black-hole' });
      const results = await Promise.allSettled(
        [2, 3].map((number) => producer.enqueue(composeReply, turn(number))),
      );
      expect(results.map((result) => result.status)).toEqual(['rejected', 'rejected']);
      await proxy.heal();
      await expect.poll(() => producer.ping().then(() => 'up')).toBe('up');
      expect((await producer.enqueue(composeReply, turn(4))).outcome).toBe('added');
    });
  });

  test('was never reached starts all the same, refuses in time, and works once Redis is there', async () => {
    await throughProxy(async ({ proxy, connect, counts }) => {
      await proxy.cut();
      const producer = await connect();
      await expect(producer.enqueue(composeReply, turn(1))).rejects.toMatchObject(unavailable);
      await proxy.heal();
      await expect
        .poll(() => producer.enqueue(composeReply, turn(2)).then(({ outcome }) => outcome))
        // A duplicate, if an answer came too late for the try before.
        .toMatch(/added|duplicate/);
      expect(await counts()).toBe(1);
    });
  });

  test('loses the connection of a worker without a word is asked again over a new one', async () => {
    const proxy = await createFaultProxy({ targetUrl: redis.url });
    const connection = openRedis({ url: proxy.url, options: workerOptions(200), logger: silentLogger });
    try {
      await connection.ping();
      proxy.forget();
      expect(await connection.ping()).toBe('PONG');
    } finally {
      connection.disconnect();
      await proxy.close();
    }
  });

  test('was away comes back to a worker that goes on working', () => outlastOutage(redis));

  test('is inspected tells its version and policy', async () => {
    expect(await inspectRedis(redis)).toMatchObject([
      { version: expect.stringMatching(/^\d+\./), maxmemoryPolicy: 'noeviction' },
    ]);
  });
});

describe('a Redis that evicts keys', () => {
  const info = '# Memory\r\nredis_version:7.0.0\r\nmaxmemory_policy:allkeys-lru\r\nloading:0';

  test('is refused by workers and producers with the command that mends it, but may be viewed', async () => {
    const redis = await startFakeRedis({ info });
    const connect = (role: 'producer' | 'worker' | 'viewer') =>
      connectQueues({ backend: { kind: 'redis', url: redis.url }, role, logger: silentLogger });
    for (const role of ['producer', 'worker'] as const) {
      const refused = await connect(role).catch((error: unknown) => error);
      expect(refused).toMatchObject({
        code: 'queue.redis-eviction',
        message: expect.stringContaining('CONFIG SET maxmemory-policy noeviction'),
      });
    }
    const viewer = await connect('viewer');
    await viewer.close();
    await redis.close();
  });
});

describe('a Redis whose memory is full', () => {
  test('refuses in time and in plain words: nothing is dropped behind the back of the caller', async () => {
    const redis = await startFakeRedis({
      info: '# Memory\r\nredis_version:7.0.0\r\nmaxmemory_policy:noeviction\r\nloading:0',
      onScript: "-OOM command not allowed when used memory > 'maxmemory'.",
    });
    const backend = { kind: 'redis', url: redis.url } as const;
    const producer = await connectQueues({ backend, role: 'producer', logger: silentLogger });
    await expect(producer.enqueue(composeReply, turn(1))).rejects.toMatchObject({
      ...unavailable,
      message: expect.stringContaining('OOM command not allowed'),
    });
    await producer.close();
    await redis.close();
  });
});
