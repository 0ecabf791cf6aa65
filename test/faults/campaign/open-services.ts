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
import { startRedisCluster } from '../services/redis-cluster.ts';
import { startRedisSentinels } from '../services/redis-sentinels.ts';
import { type RedisTopology, startSingleRedis } from '../services/redis-topology.ts';
import type { RedisKind } from './options.ts';

type Environment = Readonly<Record<string, string | undefined>>;

export type CampaignServices = {
  databaseUrl: string;
  /** Undefined: a database that is not ours to kill, only its link is disturbed. */
  postgres: Supervised | undefined;
  redis: RedisTopology;
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
    await postgres.whenUp();
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

const topologies = {
  single: startSingleRedis,
  cluster: startRedisCluster,
  sentinel: startRedisSentinels,
};

/** A Redis of one's own, and a Postgres of one's own where there are binaries with pgvector; migrated. */
export async function openCampaignServices({
  environment,
  redis: kind,
}: {
  environment: Environment;
  redis: RedisKind;
}): Promise<CampaignServices> {
  const folder = await mkdtemp(join(tmpdir(), 'faults-'));
  // Postgres may run as another user.
  await chmod(folder, 0o755);
  const { databaseUrl, postgres, about, stop } = await openDatabase({ environment, folder });
  const redis = await topologies[kind]();
  await migrate({ url: databaseUrl, logger: silentLogger });
  return {
    databaseUrl,
    postgres,
    redis,
    description: `${about}; ${redis.description}`,
    stop: async () => {
      await redis.stop();
      await stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
