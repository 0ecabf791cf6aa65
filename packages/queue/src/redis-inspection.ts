import { AppError, type Logger, silentLogger } from '@avito-autoreply/runtime';
import { withDeadline } from './deadline.ts';
import { describeUrl, queueUnavailable } from './queue-errors.ts';
import { boundedOptions, openRedis, readiness } from './redis-connection.ts';

export type RedisInspection = {
  version: string;
  maxmemoryPolicy: string;
  /** The append-only file is on: what Redis acknowledged survives its crash (up to a second's worth). */
  aof: boolean;
  usedMemoryBytes: number;
  /** 0: no limit. */
  maxMemoryBytes: number;
};

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

/** Looks at a Redis over a connection of its own. Throws AppError `queue.unavailable` after `timeoutMs`. */
export async function inspectRedis({
  url,
  timeoutMs = 5_000,
  logger = silentLogger,
}: {
  url: string;
  timeoutMs?: number;
  logger?: Logger;
}): Promise<RedisInspection> {
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
        return parseRedisInfo(await redis.info());
      },
      late: () => failed(lastError),
    });
  } catch (error) {
    throw error instanceof AppError ? error : failed(error);
  } finally {
    redis.disconnect();
  }
}
