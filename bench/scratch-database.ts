import { createPool, createRunQuery, migrate, type Pool } from '@avito-autoreply/database';
import { silentLogger } from '@avito-autoreply/runtime';

const CONNECTIONS = 8;

/** A migrated database of the benchmark's own on this server, made if it is not there. `isNew` says which. */
export async function openScratchDatabase({
  serverUrl,
  name,
}: {
  serverUrl: string;
  name: string;
}): Promise<{ pool: Pool; url: string; isNew: boolean }> {
  const isNew = await onServer(serverUrl, async (run) => {
    const [known] = await run('select from pg_database where datname = $1', [name]);
    if (known === undefined) await run(`create database ${name}`);
    return known === undefined;
  });
  const url = urlOf(serverUrl, name);
  await migrate({ url, logger: silentLogger });
  return { pool: createPool({ url, max: CONNECTIONS, logger: silentLogger }), url, isNew };
}

export async function dropScratchDatabase({
  serverUrl,
  name,
}: {
  serverUrl: string;
  name: string;
}): Promise<void> {
  await onServer(serverUrl, (run) => run(`drop database if exists ${name} with (force)`));
}

function urlOf(serverUrl: string, name: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}

async function onServer<T>(
  serverUrl: string,
  work: (run: ReturnType<typeof createRunQuery>) => Promise<T>,
): Promise<T> {
  const pool = createPool({ url: serverUrl, max: 1, logger: silentLogger });
  try {
    return await work(createRunQuery(pool));
  } finally {
    await pool.end();
  }
}
