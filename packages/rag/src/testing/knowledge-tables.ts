import { randomInt } from 'node:crypto';
import { Pool } from 'pg';
import { afterAll, inject } from 'vitest';
import { syncKnowledge } from '../knowledge/sync-knowledge.ts';
import type { Embedder } from '../ports.ts';
import type { Source } from '../sources/source.ts';
import { createMemoryKnowledgeStore, type MemoryKnowledgeStore } from './memory-knowledge-store.ts';

/** The migrated test database for one file. Tests keep apart by random account ids. */
export function useTestPool(): Pool {
  const pool = new Pool({ connectionString: inject('databaseUrl'), max: 3 });
  afterAll(() => pool.end());
  return pool;
}

// Above 2^32: account ids do not fit into 32 bits.
export const newAccountId = () => randomInt(2 ** 33, 2 ** 40);

export const text = (key: string, content: string): Source => ({
  key,
  kind: 'text',
  name: key,
  text: content,
});

/**
 * Puts a knowledge base into the tables as the searches expect them: cut by the package's own sync, written by plain
 * statements, because the repositories that write them belong to another package.
 */
export async function fillTables({
  pool,
  accountId,
  sources,
  embedder,
}: {
  pool: Pool;
  accountId: number;
  sources: readonly Source[];
  embedder?: Embedder;
}): Promise<void> {
  const store = createMemoryKnowledgeStore();
  await syncKnowledge({ store, embedder }, { accountId, sources });
  for (const document of store.contentOf(accountId)) await insertDocument(pool, accountId, document);
  await pool.query(`delete from lexicon where account_id = $1`, [accountId]);
  await pool.query(
    `insert into lexicon select $1, lexeme, sum(length(postings)) / 8 from posting_lists
      where account_id = $1 group by lexeme`,
    [accountId],
  );
  await pool.query(
    `insert into knowledge_bases
     select $1, (select count(*) from chunks where account_id = $1), sum(terms) from documents where account_id = $1
     on conflict (account_id) do update set chunks = excluded.chunks, terms = excluded.terms`,
    [accountId],
  );
}

type MemoryDocument = ReturnType<MemoryKnowledgeStore['contentOf']>[number];

async function insertDocument(pool: Pool, accountId: number, document: MemoryDocument): Promise<void> {
  const { rows: documents } = await pool.query<{ id: string }>(
    `insert into documents (account_id, source_key, title, content_hash, item_id) values ($1, $2, $3, $4, $5) returning id`,
    [accountId, document.sourceKey, document.title, document.contentHash, document.itemId ?? null],
  );
  for (const [position, { heading, question, content, searchText, vectors }] of document.chunks.entries()) {
    const { rows: chunks } = await pool.query<{ id: string }>(
      `insert into chunks (account_id, document_id, position, heading, question, content, item_id)
       values ($1, $2, $3, $4, $5, $6, $7) returning id`,
      [accountId, documents[0]?.id, position, heading, question, content, document.itemId ?? null],
    );
    const chunkId = chunks[0]?.id;
    // A part of its own for each chunk: the searches must not care.
    await pool.query(
      `with words as (
         select lexeme, cardinality(positions) as frequency, sum(cardinality(positions)) over () as terms
           from unnest(to_tsvector('russian', $6))
       ), counted as (
         update documents set terms = terms + coalesce((select max(terms) from words), 0) where id = $2
       )
       insert into posting_lists (account_id, lexeme, document_id, part, item_id, postings)
       select $1, lexeme, $2, $3, $4, int8send(($5::bigint << 20) | (frequency << 12) | terms::bigint) from words`,
      [accountId, documents[0]?.id, position, document.itemId ?? null, chunkId, searchText],
    );
    for (const [key, vector] of vectors) {
      await pool.query(
        `with space as (
           insert into embedding_spaces (key, model, dimensions) values ($1, $1, $2)
           on conflict (key) do update set key = excluded.key returning id
         )
         insert into chunk_embeddings select id, $3, $4, $5::halfvec from space`,
        [key, vector.length, chunkId, accountId, JSON.stringify(vector)],
      );
    }
  }
}
