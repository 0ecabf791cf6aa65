import { createPool, createRunQuery, migrate, type Pool } from '@avito-autoreply/database';
import { silentLogger } from '@avito-autoreply/runtime';

const CONNECTIONS = 8;

export type ScratchDatabase = { pool: Pool; url: string };

/**
 * Runs `work` on a migrated database of the benchmark's own, which is empty unless one is taken over that an earlier run
 * has kept (`isNew` says which), and is dropped afterwards unless it is kept for the next.
 */
export async function inScratchDatabase(
  {
    serverUrl,
    name,
    isTakenOver = false,
    isKept = false,
  }: { serverUrl: string; name: string; isTakenOver?: boolean; isKept?: boolean },
  work: (database: ScratchDatabase & { isNew: boolean }) => Promise<void>,
): Promise<void> {
  const drop = () => onServer(serverUrl, (run) => run(`drop database if exists ${name} with (force)`));
  if (!isTakenOver) await drop();
  const isNew = await onServer(serverUrl, async (run) => {
    const [known] = await run('select from pg_database where datname = $1', [name]);
    if (known === undefined) await run(`create database ${name}`);
    return known === undefined;
  });
  const url = urlOf(serverUrl, name);
  await migrate({ url, logger: silentLogger });
  const pool = createPool({ url, max: CONNECTIONS, logger: silentLogger });
  try {
    await work({ pool, url, isNew });
  } finally {
    await pool.end();
    if (!isKept) await drop();
  }
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
