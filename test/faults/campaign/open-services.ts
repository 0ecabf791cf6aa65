import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate } from '@avito-autoreply/database';
import { startEmbedded } from '@avito-autoreply/embedded';
import { createScratchDatabase } from '@avito-autoreply/embedded/testing';
import { silentLogger } from '@avito-autoreply/runtime';
import { type Supervised, supervise } from '../chaos/supervisor.ts';
import { freePort } from '../services/free-port.ts';
import { findPostgres, preparePostgres } from '../services/postgres-server.ts';
import { redisCommand, startRedisServer } from '../services/redis-server.ts';

type Environment = Readonly<Record<string, string | undefined>>;

export type CampaignServices = {
  databaseUrl: string;
  /** Undefined: a database that is not ours to kill, only its link is disturbed. */
  postgres: Supervised | undefined;
  redisUrl: string;
  redis: Supervised;
  flush: () => Promise<void>;
  /** For people. */
  description: string;
  stop: () => Promise<void>;
};

async function openDatabase({ environment, folder }: { environment: Environment; folder: string }) {
  const bin = await findPostgres({
    named: environment['POSTGRES_BIN'],
    searchPath: environment['PATH'] ?? '',
  });
  if (bin !== undefined) {
    const cluster = await preparePostgres({ bin, folder: join(folder, 'postgres'), port: await freePort() });
    const postgres = supervise(cluster.start);
    await postgres.up;
    return { databaseUrl: cluster.databaseUrl, postgres, stop: postgres.stop, about: `Postgres from ${bin}` };
  }
  const named = environment['TEST_DATABASE_URL'];
  if (named !== undefined) {
    const { databaseUrl, drop } = await createScratchDatabase({ databaseUrl: named });
    return {
      databaseUrl,
      postgres: undefined,
      stop: drop,
      about: 'Postgres of TEST_DATABASE_URL, never killed',
    };
  }
  const embedded = await startEmbedded({ redis: 'never', logger: silentLogger });
  const { databaseUrl, stop } = embedded;
  return { databaseUrl, postgres: undefined, stop, about: 'embedded Postgres, never killed' };
}

/** A Redis of one's own, and a Postgres of one's own where there are binaries with pgvector; migrated. */
export async function openCampaignServices(environment: Environment): Promise<CampaignServices> {
  const folder = await mkdtemp(join(tmpdir(), 'faults-'));
  // Postgres may run as another user.
  await chmod(folder, 0o755);
  const database = await openDatabase({ environment, folder });
  const port = await freePort();
  const redis = supervise(() => startRedisServer({ port, folder: join(folder, 'redis') }));
  await redis.up;
  await migrate({ url: database.databaseUrl, logger: silentLogger });
  return {
    databaseUrl: database.databaseUrl,
    postgres: database.postgres,
    redisUrl: `redis://127.0.0.1:${port}`,
    redis,
    flush: async () => {
      await redisCommand(port, 'FLUSHALL');
    },
    description: `${database.about}; redis-server with AOF`,
    stop: async () => {
      await redis.stop();
      await database.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
