import {
  composeReply,
  connectQueues,
  inspectRedis,
  type QueueName,
  queueNames,
  type Queues,
  takeInEvent,
} from '@avito-autoreply/queue';
import { silentLogger } from '@avito-autoreply/runtime';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { jobs } from '../../packages/queue/src/jobs.ts';
import type { HandlersFor } from '../../packages/queue/src/processors.ts';
import { startRedisCluster } from './services/redis-cluster.ts';
import { startRedisSentinels } from './services/redis-sentinels.ts';
import type { RedisTopology } from './services/redis-topology.ts';

const topologies = [
  ['a cluster of three nodes', startRedisCluster, 3],
  ['a master behind sentinels', startRedisSentinels, 1],
] as const;

// Where redis-server is on PATH the run has a Redis; without one nobody can start a cluster.
const withoutRedis = inject('redisUrl') === undefined;

const concurrency = Object.fromEntries(queueNames.map((name) => [name, 2])) as Record<QueueName, number>;
const turn = (number: number) => ({ accountId: 7, chatId: 'c', turn: number });

/** Handlers that do nothing but tell which turns were rung. */
function listening(heard: Set<number>): HandlersFor<typeof jobs> {
  const nothing = Object.keys(jobs).map((name) => [name, async () => {}]);
  return {
    ...(Object.fromEntries(nothing) as HandlersFor<typeof jobs>),
    composeReply: async (payload) => {
      heard.add(payload.turn);
    },
  };
}

describe.skipIf(withoutRedis).each(topologies)(
  'on %s (skipped where no redis-server is on PATH)',
  (_name, start, masters) => {
    let topology: RedisTopology;
    const opened: Queues[] = [];
    const connect = async (prefix: string, role: 'producer' | 'worker' = 'worker'): Promise<Queues> => {
      const queues = await connectQueues({
        backend: { kind: 'redis', url: topology.url, prefix },
        role,
        logger: silentLogger,
      });
      opened.push(queues);
      return queues;
    };
    beforeAll(async () => {
      topology = await start();
    });
    afterAll(async () => {
      await Promise.all(opened.map((queues) => queues.close()));
      await topology.stop();
    });

    test('each server that has keys is looked at', async () => {
      const servers = await inspectRedis({ url: topology.url });
      expect(servers).toHaveLength(masters);
      for (const server of servers)
        expect(server).toMatchObject({ maxmemoryPolicy: 'noeviction', aof: true });
    });

    test('jobs are added once, worked on, delayed and counted', async () => {
      const queues = await connect('calm');
      const heard = new Set<number>();
      await queues.startProcessors({
        handlers: listening(heard),
        concurrency,
      });
      const event = { eventKey: 'e-1', receivedAt: 1, body: {} };
      expect((await queues.enqueue(takeInEvent, event)).outcome).toBe('added');
      expect((await queues.enqueue(takeInEvent, event)).outcome).toBe('duplicate');
      await queues.enqueue(composeReply, turn(1), { delayMs: 200 });
      await expect.poll(() => heard.has(1), { timeout: 10_000 }).toBe(true);
      await expect.poll(async () => (await queues.counts()).replies.completed, { timeout: 10_000 }).toBe(1);
    });

    test('a server that is killed is survived: what is rung afterwards is worked on', async () => {
      const producer = await connect('killed', 'producer');
      const worker = await connect('killed');
      const heard = new Set<number>();
      await worker.startProcessors({
        handlers: listening(heard),
        concurrency,
      });
      await producer.enqueue(composeReply, turn(10));
      await expect.poll(() => heard.has(10), { timeout: 10_000 }).toBe(true);
      // Of the cluster all three in turn, whichever has the queue.
      for (let kill = 0; kill < masters; kill += 1) {
        topology.redis.kill(500);
        await expect.poll(() => topology.redis.counts.kills, { timeout: 10_000 }).toBe(kill + 1);
        await expect
          .poll(
            () =>
              producer.enqueue(composeReply, turn(11 + kill)).then(
                () => 'rung',
                () => 'refused',
              ),
            {
              timeout: 40_000,
              interval: 250,
            },
          )
          .toBe('rung');
        await expect.poll(() => heard.has(11 + kill), { timeout: 40_000 }).toBe(true);
      }
      const looked = () =>
        inspectRedis({ url: topology.url }).then(
          (servers) => servers.length,
          () => 0,
        );
      await expect.poll(looked, { timeout: 40_000 }).toBe(masters);
    });
  },
);
