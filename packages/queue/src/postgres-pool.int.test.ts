import { silentLogger } from '@avito-autoreply/runtime';
import { createFaultProxy } from '@avito-autoreply/runtime/testing';
import { expect, inject, test } from 'vitest';
import { openPool } from './postgres-pool.ts';

test('a client that is in use when the server goes away ends no process', async () => {
  const proxy = await createFaultProxy({ targetUrl: inject('databaseUrl') });
  const pool = openPool({ url: proxy.url, max: 1, timeoutMs: 1_000, logger: silentLogger });
  const client = await pool.connect();
  await proxy.cut();
  await expect(client.query('select 1')).rejects.toThrow();
  client.release(true);
  await proxy.heal();
  await expect(pool.query('select 1 as one')).resolves.toMatchObject({ rows: [{ one: 1 }] });
  await pool.end();
  await proxy.close();
});
