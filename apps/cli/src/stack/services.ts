import { databaseEnv, type Environment, loadConfig, queueEnv } from '@avito-autoreply/config';
import { migrate } from '@avito-autoreply/database';
import { startEmbedded } from '@avito-autoreply/embedded';
import { migrateQueueSchema } from '@avito-autoreply/queue';
import { AppError, type Logger } from '@avito-autoreply/runtime';
import { z } from 'zod';
import { readRunningStack } from './stack-file.ts';

export type Services = {
  databaseUrl: string;
  /** What the apps read: REDIS_URL, or QUEUE_BACKEND=postgres. */
  queueEnv: Readonly<Record<string, string>>;
  /** As configured, or the default. */
  queuePrefix: string;
  /** Ours, started by this call. */
  isEmbedded: boolean;
  /** For people: where the data are. */
  description: string;
  /** Resolves with the reason when an embedded service ends unasked. Nothing brings it back. */
  lost: Promise<Error>;
  stop: () => Promise<void>;
};

type ServicesOptions = {
  environment: Environment;
  /** Where embedded services keep their data. */
  dataDir: string;
  /** A command that needs no queue starts no Redis. */
  needsQueue: boolean;
  logger: Logger;
  /** Gives the start up; what was started is stopped. */
  signal?: AbortSignal | undefined;
};

const noRedis = () =>
  new AppError(
    'QUEUE_BACKEND is redis, but REDIS_URL is not set, and there is no redis-server to start here: set REDIS_URL, or leave QUEUE_BACKEND out',
    { code: 'config.no-queue' },
  );

const servicesEnv = z.object({ ...databaseEnv.shape, ...queueEnv.shape });

/**
 * The services that the environment names; embedded ones for what it leaves out. A stack that runs on `dataDir`
 * already is joined by commands without a queue, because its database has one owner. The schema is brought up to date.
 */
export async function openServices({
  environment,
  dataDir,
  needsQueue,
  logger,
  signal,
}: ServicesOptions): Promise<Services> {
  const env = loadConfig(servicesEnv, environment);
  const { promise: lost, resolve: lose } = Promise.withResolvers<Error>();
  const given = env.QUEUE_BACKEND === 'postgres' ? undefined : env.REDIS_URL;
  // With a queue the apps would run twice on one database: the folder's lock refuses that.
  const running = needsQueue ? undefined : await readRunningStack({ dataDir });
  const own =
    env.DATABASE_URL ??
    running?.databaseUrl ??
    (await startEmbedded({
      dataDir,
      redis: needsQueue && given === undefined && env.QUEUE_BACKEND !== 'postgres' ? 'auto' : 'never',
      logger,
      onLost: lose,
    }));
  const services =
    typeof own === 'string'
      ? { databaseUrl: own, redisUrl: given, stop: async () => {} }
      : { databaseUrl: own.databaseUrl, redisUrl: given ?? own.redisUrl, stop: own.stop };
  try {
    signal?.throwIfAborted();
    if (needsQueue && env.QUEUE_BACKEND === 'redis' && services.redisUrl === undefined) throw noRedis();
    await migrate({ url: services.databaseUrl, logger });
    if (needsQueue && services.redisUrl === undefined)
      await migrateQueueSchema({ url: services.databaseUrl });
    signal?.throwIfAborted();
  } catch (error) {
    await services.stop();
    throw error;
  }
  return {
    databaseUrl: services.databaseUrl,
    queueEnv:
      services.redisUrl === undefined ? { QUEUE_BACKEND: 'postgres' } : { REDIS_URL: services.redisUrl },
    queuePrefix: env.QUEUE_PREFIX,
    isEmbedded: typeof own !== 'string',
    description: `${typeof own === 'string' ? 'Postgres' : 'embedded Postgres'} with pgvector, queue in ${services.redisUrl === undefined ? 'Postgres' : 'Redis'}`,
    lost,
    stop: services.stop,
  };
}
