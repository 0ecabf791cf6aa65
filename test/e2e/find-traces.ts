import type { Pool } from '@avito-autoreply/database';
import { readRedis } from '../../packages/queue/src/testing/read-redis.ts';

/** Where any of the texts stands: in all columns of all tables as text, and in all keys of Redis with their values. */
export async function findTraces({
  pool,
  redisUrl,
  texts,
}: {
  pool: Pool;
  redisUrl: string | undefined;
  texts: readonly string[];
}): Promise<string[]> {
  const found = [
    ...(await readTables(pool)),
    ...(redisUrl === undefined ? [] : await readRedis(redisUrl)).map((content) => ({
      place: `redis ${content}`,
      content,
    })),
  ].filter(({ content }) => texts.some((text) => content.includes(text)));
  return found.map(({ place }) => place);
}

type Place = { place: string; content: string };

async function readTables(pool: Pool): Promise<Place[]> {
  const { rows: tables } = await pool.query<{ name: string }>(
    `select quote_ident(table_schema) || '.' || quote_ident(table_name) as name from information_schema.tables
      where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`,
  );
  const places: Place[] = [];
  for (const { name } of tables) {
    const { rows } = await pool.query<{ content: string | null }>(
      `select t::text as content from ${name} as t`,
    );
    places.push(...rows.map(({ content }) => ({ place: `${name}: ${content}`, content: content ?? '' })));
  }
  return places;
}
