import { errorMessage, type Logger } from '@avito-autoreply/runtime';
import { Cluster, Redis, type RedisOptions } from 'ioredis';
import { describeUrl } from './queue-errors.ts';
import { parseRedisAddress, type RedisAddress } from './redis-address.ts';
import { openSentinelClient } from './sentinel-client.ts';

type ConnectionSettings = Omit<RedisOptions, 'replyMapping'>;

/** One connection to one server, or one to each node of a cluster behind the same commands. */
export type RedisClient = Redis | Cluster;

const reconnectDelay = (times: number): number => Math.min(50 * 2 ** Math.min(times, 10), 1_000);

const shared = {
  retryStrategy: reconnectDelay,
  connectTimeout: 2_000,
  // A peer that vanished without a word is noticed in seconds instead of hours.
  keepAlive: 10_000,
} satisfies ConnectionSettings;

/**
 * For commands whose callers bring a deadline of their own (`withDeadline`; a `commandTimeout` here would double its
 * cost). A connection silent for `silenceMs` with a command under way is given up and opened anew. `offlineQueue` is
 * off because a command kept for later has no caller any more.
 */
export const boundedOptions = (silenceMs: number): ConnectionSettings => ({
  ...shared,
  enableOfflineQueue: false,
  maxRetriesPerRequest: 1,
  socketTimeout: silenceMs,
});

/**
 * For BullMQ's workers: they block on purpose and wait out an outage, so commands are kept, and asked again over a new
 * connection where one stays silent for `silenceMs`.
 */
export const workerOptions = (silenceMs: number): ConnectionSettings => ({
  ...shared,
  maxRetriesPerRequest: null,
  socketTimeout: silenceMs,
});

function connect(address: RedisAddress, options: ConnectionSettings): RedisClient {
  switch (address.kind) {
    case 'single':
      return new Redis(address.url, options);
    case 'sentinel': {
      const { sentinels, master: name, db, login, isTls } = address;
      return openSentinelClient({
        ...options,
        ...login,
        ...(isTls ? { tls: {}, enableTLSForSentinelMode: true } : {}),
        sentinels,
        name,
        db,
        sentinelRetryStrategy: reconnectDelay,
        // A master that was demoted keeps its connections and takes what is written to it, in vain.
        failoverDetector: true,
      });
    }
    case 'cluster': {
      const { retryStrategy: _each, enableOfflineQueue = true, lazyConnect = false, ...perNode } = options;
      return new Cluster(address.nodes, {
        clusterRetryStrategy: reconnectDelay,
        // A node that comes back with its own slots is connected to again, as one server would be.
        clusterNodeRetryStrategy: reconnectDelay,
        enableOfflineQueue,
        lazyConnect,
        redisOptions: { ...perNode, ...address.login, ...(address.isTls ? { tls: {} } : {}) },
      });
    }
  }
}

/**
 * The only place that opens connections to Redis. Connects at once, and again by itself for as long as it is open.
 * Throws AppError `queue.bad-url`.
 */
export function openRedis({
  url,
  options,
  logger,
}: {
  url: string;
  options: ConnectionSettings;
  logger: Logger;
}): RedisClient {
  const redis = connect(parseRedisAddress(url), options);
  let isDown = false;
  const down = (error?: unknown): void => {
    if (isDown || redis.status === 'end') return;
    isDown = true;
    logger.warn('redis is unreachable, trying on', {
      at: describeUrl(url),
      ...(error === undefined ? {} : { reason: errorMessage(error) }),
    });
  };
  // One line per outage; ioredis reports every attempt.
  redis.on('error', down);
  redis.on('ready', () => {
    if (isDown) logger.info('redis is back', { at: describeUrl(url) });
    isDown = false;
  });
  return redis;
}

/** Lets all commands that `run` begins leave in one write; a cluster has as many streams as nodes, and does without. */
export function inOneWrite<T>(redis: RedisClient, run: () => T): T {
  if (!(redis instanceof Redis)) return run();
  const { stream } = redis;
  stream.cork();
  // BullMQ sends its command some microtasks later. A tick that a microtask asks for comes when none of them is left.
  queueMicrotask(() => process.nextTick(() => stream.uncork()));
  return run();
}

/** The servers that hold keys, each with its address: one, or the masters of a cluster. */
export function serversOf(redis: RedisClient, url: string): { at: string; server: Redis }[] {
  if (redis instanceof Redis) return [{ at: describeUrl(url), server: redis }];
  return redis
    .nodes('master')
    .map((server) => ({ at: `redis://${server.options.host}:${server.options.port}`, server }));
}

/** One shared promise for however many callers wait, because each listener of its own would be counted as a leak. */
export function readiness(redis: RedisClient): () => Promise<void> {
  let waiting: Promise<void> | undefined;
  return () => {
    if (redis.status === 'ready') return Promise.resolve();
    waiting ??= new Promise<void>((resolve) => {
      redis.once('ready', () => {
        waiting = undefined;
        resolve();
      });
    });
    return waiting;
  };
}
