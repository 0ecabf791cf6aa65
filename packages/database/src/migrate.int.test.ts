import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { silentLogger } from '@avito-autoreply/runtime';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { assertMigrated, inspectDatabase, migrate, pendingMigrations } from './index.ts';
import { migrationNames } from './migrations-folder.ts';

const run = promisify(execFile);
const main = fileURLToPath(new URL('migrate.main.ts', import.meta.url));
const given = inject('databaseUrl');
const fresh = `test_${randomUUID().replaceAll('-', '')}`;
let url = given;

async function query(target: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: target });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end();
  }
}

beforeAll(async () => {
  // PGlite has one database only: there the replicas meet over the given one.
  const [server] = await query(
    given,
    "select version() ilike '%emscripten%' or version() ilike '%wasm%' as embedded",
  );
  if (server?.['embedded'] === true) return;
  await query(given, `create database ${fresh}`);
  url = Object.assign(new URL(given), { pathname: `/${fresh}` }).href;
});

afterAll(async () => {
  if (url !== given) await query(given, `drop database ${fresh} with (force)`);
});

describe('migrate', () => {
  test('replicas that start together all end well, and each file runs once', async () => {
    const env = { PATH: process.execPath, DATABASE_URL: url };
    await Promise.all([
      ...Array.from({ length: 3 }, () => run(process.execPath, [main], { env })),
      ...Array.from({ length: 3 }, () => migrate({ url, logger: silentLogger })),
    ]);
    const ran = await query(url, 'select name from public.autoreply_migrations order by id');
    expect(ran.map(({ name }) => name)).toEqual(await migrationNames());
    expect(await migrate({ url, logger: silentLogger })).toEqual([]);
    expect(await pendingMigrations({ url })).toEqual([]);
    await expect(assertMigrated({ url })).resolves.toBeUndefined();
  });

  test('leaves no lock and no setting behind', async () => {
    await migrate({ url, logger: silentLogger });
    expect(
      await query(
        url,
        "select count(*)::int as locks from pg_locks join pg_database d on d.oid = database where locktype = 'advisory' and datname = current_database()",
      ),
    ).toEqual([{ locks: 0 }]);
  });

  test('what it found is there for doctor', async () => {
    await migrate({ url, logger: silentLogger });
    const found = await inspectDatabase({ url });
    expect(found.problem).toBeUndefined();
    expect(found.extensions.vector.installed).toMatch(/^\d+\.\d+/);
    expect(found.postgresMajor).toBeGreaterThanOrEqual(15);
  });
});

test('a database that is not there is an error with a code, not a stack', async () => {
  const nowhere = 'postgres://nobody@127.0.0.1:1/none';
  await expect(migrate({ url: nowhere, logger: silentLogger })).rejects.toMatchObject({
    code: 'database.unavailable',
    isRetryable: true,
  });
  await expect(assertMigrated({ url: nowhere })).rejects.toMatchObject({ code: 'database.unavailable' });
});

test('without DATABASE_URL the command names the variable and ends with 1', async () => {
  const failed = run(process.execPath, [main], { env: {} });
  await expect(failed).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringContaining('DATABASE_URL is not set'),
  });
});
