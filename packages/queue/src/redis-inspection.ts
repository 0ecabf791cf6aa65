import { AppError, type Logger, silentLogger } from '@avito-autoreply/runtime';
import { withDeadline } from './deadline.ts';
import { describeUrl, queueUnavailable } from './queue-errors.ts';
import { boundedOptions, openRedis, readiness, type RedisClient, serversOf } from './redis-connection.ts';

type RedisInspection = {
  version: string;
  maxmemoryPolicy: string;
  /** The append-only file is on: what Redis acknowledged survives its crash (up to a second's worth). */
  aof: boolean;
  usedMemoryBytes: number;
  /** 0: no limit. */
  maxMemoryBytes: number;
};

/** `at`: which server it is, without credentials. */
export type InspectedRedis = RedisInspection & { at: string };

/**
 * Reads the answer of INFO. CONFIG GET would say the same, but managed Redis services forbid it.
 */
export function parseRedisInfo(info: string): RedisInspection {
  const fields = new Map(
    info
      .split(/\r?\n/)
      .map((line) => line.split(':', 2))
      .map(([key = '', value = '']) => [key, value]),
  );
  return {
    version: fields.get('valkey_version') ?? fields.get('redis_version') ?? 'unknown',
    maxmemoryPolicy: fields.get('maxmemory_policy') ?? 'unknown',
    aof: fields.get('aof_enabled') === '1',
    usedMemoryBytes: Number(fields.get('used_memory') ?? 0),
    maxMemoryBytes: Number(fields.get('maxmemory') ?? 0),
  };
}

/** Undefined where the policy is right; a service that does not tell its policy is trusted. */
export function evictionProblem({ maxmemoryPolicy }: RedisInspection, at: string): AppError | undefined {
  if (maxmemoryPolicy === 'noeviction' || maxmemoryPolicy === 'unknown') return undefined;
  return new AppError(
    `${at} may evict queued jobs: its maxmemory-policy is ${maxmemoryPolicy}. Set it to noeviction, with ` +
      `"redis-cli CONFIG SET maxmemory-policy noeviction" and in redis.conf, or in the console of your provider.`,
    { code: 'queue.redis-eviction' },
  );
}

/** What each server that holds keys tells about itself. */
export function lookAtServers(redis: RedisClient, url: string): Promise<InspectedRedis[]> {
  return Promise.all(
    serversOf(redis, url).map(async ({ at, server }) => ({ at, ...parseRedisInfo(await server.info()) })),
  );
}

/**
 * Looks at a Redis, or at each master of a cluster, over a connection of its own. Throws AppError `queue.unavailable`
 * after `timeoutMs`, and `queue.bad-url`.
 */
export async function inspectRedis({
  url,
  timeoutMs = 5_000,
  logger = silentLogger,
}: {
  url: string;
  timeoutMs?: number;
  logger?: Logger;
}): Promise<InspectedRedis[]> {
  const redis = openRedis({ url, options: boundedOptions(timeoutMs), logger });
  const failed = (cause?: unknown): AppError =>
    queueUnavailable({ doing: 'looking at Redis', at: describeUrl(url), cause });
  let lastError: unknown;
  redis.on('error', (error) => (lastError = error));
  try {
    return await withDeadline({
      ms: timeoutMs,
      run: async () => {
        await readiness(redis)();
        return lookAtServers(redis, url);
      },
      late: () => failed(lastError),
    });
  } catch (error) {
    throw error instanceof AppError ? error : failed(error);
  } finally {
    redis.disconnect();
  }
}
