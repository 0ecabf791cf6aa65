import { silentLogger } from '@avito-autoreply/runtime';
import type { TestProject } from 'vitest/node';
import { startEmbedded } from '../start-embedded.ts';

export type TestServicesOptions = {
  project: Pick<TestProject, 'provide'>;
  /** PostgreSQL with pgvector. Absent: an embedded database in memory. */
  databaseUrl?: string | undefined;
  /** Absent: an embedded server where one is on PATH, unless a database of one's own was given without it. */
  redisUrl?: string | undefined;
  /** `postgres`: no Redis at all, so that the pipeline is tested on its second queue backend. */
  queue?: string | undefined;
  /** Brings the schema; runs once, before any test. */
  migrate: (databaseUrl: string) => Promise<unknown>;
};

/**
 * For vitest's `globalSetup`: provides `databaseUrl` and `redisUrl` (undefined: the queue lives in the database) to
 * the tests of a project. Returns the tear-down.
 */
export async function provideTestServices({
  project,
  databaseUrl,
  redisUrl,
  queue,
  migrate,
}: TestServicesOptions): Promise<() => Promise<void>> {
  const wantsRedis = queue !== 'postgres' && redisUrl === undefined;
  const embedded =
    databaseUrl === undefined
      ? await startEmbedded({ redis: wantsRedis ? 'auto' : 'never', logger: silentLogger })
      : undefined;
  const services = {
    databaseUrl: databaseUrl ?? embedded?.databaseUrl ?? '',
    redisUrl: queue === 'postgres' ? undefined : (redisUrl ?? embedded?.redisUrl),
  };
  try {
    await migrate(services.databaseUrl);
  } catch (error) {
    await embedded?.stop();
    throw error;
  }
  project.provide('databaseUrl', services.databaseUrl);
  project.provide('redisUrl', services.redisUrl);
  return async () => {
    await embedded?.stop();
  };
}
