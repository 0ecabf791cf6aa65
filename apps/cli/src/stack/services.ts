import { databaseEnv, type Environment, loadConfig, queueEnv } from '@avito-autoreply/config';
import { migrate } from '@avito-autoreply/database';
import { startEmbedded } from '@avito-autoreply/embedded';
import { migrateQueueSchema } from '@avito-autoreply/queue';
import type { Logger } from '@avito-autoreply/runtime';
import { z } from 'zod';
import { readRunningStack } from './stack-file.ts';

export type Services = {
  databaseUrl: string;
  /** What the apps read: REDIS_URL, or QUEUE_BACKEND=postgres. */
  queueEnv: Readonly<Record<string, string>>;
  /** As configured, or the default. */
  queuePrefix: string;
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

const servicesEnv = z.object({ ...databaseEnv.shape, ...queueEnv.shape });

/**
 * The services that the environment names; embedded ones for what it leaves out. A stack that runs on `dataDir`
 * already is joined, because its database has one owner. The schema is brought up to date.
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
  const running = env.DATABASE_URL === undefined ? await readRunningStack({ dataDir }) : undefined;
  const own =
    env.DATABASE_URL ??
    running?.databaseUrl ??
    (await startEmbedded({
      dataDir,
      redis: needsQueue && given === undefined && env.QUEUE_BACKEND === undefined ? 'auto' : 'never',
      logger,
      onLost: lose,
    }));
  const services =
    typeof own === 'string'
      ? { databaseUrl: own, redisUrl: given ?? running?.redisUrl, stop: async () => {} }
      : { databaseUrl: own.databaseUrl, redisUrl: given ?? own.redisUrl, stop: own.stop };
  try {
    signal?.throwIfAborted();
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
    description: `${typeof own === 'string' ? 'Postgres' : 'embedded Postgres'} with pgvector, queue in ${services.redisUrl === undefined ? 'Postgres' : 'Redis'}`,
    lost,
    stop: services.stop,
  };
}
