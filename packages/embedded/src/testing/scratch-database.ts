import { randomUUID } from 'node:crypto';
import { silentLogger } from '@avito-autoreply/runtime';
import { Client } from 'pg';
import { isEmbeddedUrl } from '../embedded-url.ts';
import { startEmbedded } from '../start-embedded.ts';

export type ScratchDatabase = { databaseUrl: string; drop: () => Promise<void> };

/**
 * An empty database of the same kind as the given one, for tests that cannot share: on a PostgreSQL server a new
 * database, on the embedded one (which has a single database) another embedded one, which takes seconds to start.
 */
export async function createScratchDatabase({
  databaseUrl,
}: {
  databaseUrl: string;
}): Promise<ScratchDatabase> {
  if (isEmbeddedUrl(databaseUrl)) {
    const embedded = await startEmbedded({ redis: 'never', logger: silentLogger });
    return { databaseUrl: embedded.databaseUrl, drop: embedded.stop };
  }
  const name = `scratch_${randomUUID().replaceAll('-', '')}`;
  await runOn(databaseUrl, `CREATE DATABASE ${name}`);
  const scratchUrl = new URL(databaseUrl);
  scratchUrl.pathname = name;
  return {
    databaseUrl: scratchUrl.href,
    drop: () => runOn(databaseUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  };
}

async function runOn(connectionString: string, sql: string): Promise<void> {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
