import { AppError, errorMessage, type Logger } from '@avito-autoreply/runtime';
import { Redis, type RedisOptions } from 'ioredis';
import { describeUrl } from './queue-errors.ts';

type ConnectionSettings = Omit<RedisOptions, 'replyMapping'>;

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

/** For BullMQ's workers: they block on purpose and wait out an outage, so commands are kept and repeated. */
export const workerOptions: ConnectionSettings = { ...shared, maxRetriesPerRequest: null };

/** The only place that opens connections to Redis. Connects at once, and again by itself for as long as it is open. */
export function openRedis({
  url,
  options,
  logger,
}: {
  url: string;
  options: ConnectionSettings;
  logger: Logger;
}): Redis {
  if (!/^rediss?:\/\/./.test(url)) {
    throw new AppError(
      `the Redis URL must look like redis://[[user]:password@]host:port[/db] or rediss://…`,
      {
        code: 'queue.bad-url',
      },
    );
  }
  const redis = new Redis(url, options);
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

/** One shared promise for however many callers wait, because each listener of its own would be counted as a leak. */
export function readiness(redis: Redis): () => Promise<void> {
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
