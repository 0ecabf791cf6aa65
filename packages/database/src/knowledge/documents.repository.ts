import type { Pool } from 'pg';
import { safeInteger, storableText } from '../values.ts';
import { createRunQuery, type RunQuery, withTransaction } from '../with-transaction.ts';
import { type EmbeddingSpaceRow, insertVectors, resolveSpace } from './embedding-spaces.ts';
import { lockKnowledgeBase } from './lock-knowledge-base.ts';

export type DocumentSummary = {
  sourceKey: string;
  title: string;
  contentHash: string;
  chunks: number;
  updatedAt: Date;
};

export type NewChunk = {
  /** `Document > Heading`: searched, never shown. */
  heading: string;
  /** Set for a question-answer pair, whose answer is the content. */
  question: string | null;
  content: string;
  /** What the lexical index holds; folded by the caller in the same way as the questions. */
  searchText: string;
  /** A vector of `space`. */
  vector?: readonly number[] | undefined;
};

export type NewDocument = {
  accountId: number;
  sourceKey: string;
  title: string;
  contentHash: string;
  chunks: readonly NewChunk[];
  space?: EmbeddingSpaceRow | undefined;
};

/** Documents with everything that search needs of them. Each change is one transaction, so a crash leaves the old or the new state. */
export function createDocumentsRepository(pool: Pool) {
  const runQuery = createRunQuery(pool);
  return {
    async list({ accountId }: { accountId: number }): Promise<DocumentSummary[]> {
      const rows = await runQuery<{
        source_key: string;
        title: string;
        content_hash: string;
        chunks: string;
        updated_at: Date;
      }>(
        `select d.source_key, d.title, d.content_hash, d.updated_at,
                (select count(*) from chunks c where c.document_id = d.id) as chunks
           from documents d where d.account_id = $1 order by d.source_key`,
        [accountId],
      );
      return rows.map((row) => ({
        sourceKey: row.source_key,
        title: row.title,
        contentHash: row.content_hash,
        chunks: safeInteger(row.chunks),
        updatedAt: row.updated_at,
      }));
    },

    /** Stores the document under its source key in place of the one that was there. */
    async replace(document: NewDocument): Promise<void> {
      await withTransaction(pool, async (run) => {
        const { accountId, sourceKey } = document;
        await lockKnowledgeBase(run, accountId);
        // In a statement of its own before the transaction's inserts: spaces are few and are never removed.
        const spaceId = document.space && (await resolveSpace(run, document.space));
        await removeChunks(run, { accountId, sourceKeys: [sourceKey] });
        const [stored] = await run<{ id: string }>(
          `insert into documents (account_id, source_key, title, content_hash) values ($1, $2, $3, $4)
           on conflict (account_id, source_key)
             do update set title = excluded.title, content_hash = excluded.content_hash, updated_at = now()
           returning id`,
          [accountId, sourceKey, storableText(document.title), document.contentHash],
        );
        const ids = await insertChunks(run, { ...document, documentId: stored?.id ?? '' });
        if (spaceId === undefined) return;
        const vectors = document.chunks.flatMap(({ vector }, index) => {
          const chunkId = ids[index];
          return vector === undefined || chunkId === undefined ? [] : [{ chunkId, vector }];
        });
        await insertVectors(run, { accountId, spaceId, vectors });
      });
    },

    /** Removes these documents of the account in one transaction; returns how many there were. */
    async remove({
      accountId,
      sourceKeys,
    }: {
      accountId: number;
      sourceKeys: readonly string[];
    }): Promise<number> {
      if (sourceKeys.length === 0) return 0;
      return withTransaction(pool, async (run) => {
        await lockKnowledgeBase(run, accountId);
        await removeChunks(run, { accountId, sourceKeys });
        const removed = await run<{ id: string }>(
          `delete from documents where account_id = $1 and source_key = any($2::text[]) returning id`,
          [accountId, sourceKeys],
        );
        return removed.length;
      });
    },

    /** Removes the whole knowledge base of the account. */
    async removeAll({ accountId }: { accountId: number }): Promise<void> {
      await withTransaction(pool, async (run) => {
        await lockKnowledgeBase(run, accountId);
        for (const table of ['documents', 'lexicon', 'knowledge_bases']) {
          await run(`delete from ${table} where account_id = $1`, [accountId]);
        }
      });
    },

    /**
     * Has the planner count again. Until then it takes a new knowledge base for empty and reads all of it for each
     * question; a server would notice within minutes, PGlite never does.
     */
    async refreshStatistics(): Promise<void> {
      await runQuery('analyze chunks, chunk_postings, lexicon, chunk_embeddings');
    },
  };
}

/** Takes the chunks of these documents away, with their postings and vectors, and out of the base's figures. */
async function removeChunks(
  run: RunQuery,
  { accountId, sourceKeys }: { accountId: number; sourceKeys: readonly string[] },
): Promise<void> {
  const known = await run<{ id: string }>(
    `select id from documents where account_id = $1 and source_key = any($2::text[])`,
    [accountId, sourceKeys],
  );
  if (known.length === 0) return;
  const values = [accountId, known.map((row) => row.id)];
  const words = `with gone as (select id from chunks where document_id = any($2::bigint[])),
     words as (select p.lexeme, count(*) as chunks, sum(p.frequency) as terms
                 from chunk_postings p join gone on gone.id = p.chunk_id group by p.lexeme)`;
  await run(
    `${words} update knowledge_bases set chunks = chunks - (select count(*) from gone),
                     terms = terms - coalesce((select sum(terms) from words), 0) where account_id = $1`,
    values,
  );
  // First the words that are in no other document, then the others.
  await run(
    `${words} delete from lexicon l using words
      where l.account_id = $1 and l.lexeme = words.lexeme and l.chunks <= words.chunks`,
    values,
  );
  await run(
    `${words} update lexicon l set chunks = l.chunks - words.chunks from words
      where l.account_id = $1 and l.lexeme = words.lexeme`,
    values,
  );
  await run(`delete from chunks where account_id = $1 and document_id = any($2::bigint[])`, values);
}

/** Returns the new ids in the order of the chunks. */
async function insertChunks(
  run: RunQuery,
  { accountId, documentId, chunks }: NewDocument & { documentId: string },
): Promise<number[]> {
  const rows = await run<{ id: string }>(
    `insert into chunks (account_id, document_id, position, heading, question, content)
     select $1, $2, g.position, g.heading, g.question, g.content
       from unnest($3::text[], $4::text[], $5::text[]) with ordinality as g(heading, question, content, position)
      order by g.position returning id`,
    [
      accountId,
      documentId,
      chunks.map((chunk) => storableText(chunk.heading)),
      chunks.map((chunk) => (chunk.question === null ? null : storableText(chunk.question))),
      chunks.map((chunk) => storableText(chunk.content)),
    ],
  );
  const ids = rows.map((row) => safeInteger(row.id));
  await run(
    `with lexemes as (
       select g.id, l.lexeme, cardinality(l.positions) as frequency
         from unnest($2::bigint[], $3::text[]) as g(id, text), unnest(to_tsvector('russian', g.text)) as l
     ), posted as (
       insert into chunk_postings (account_id, lexeme, chunk_id, frequency, chunk_terms)
       select $1, lexeme, id, frequency, sum(frequency) over (partition by id) from lexemes
     ), counted as (
       insert into lexicon as l (account_id, lexeme, chunks)
       select $1, lexeme, count(*) from lexemes group by lexeme order by lexeme
       on conflict (account_id, lexeme) do update set chunks = l.chunks + excluded.chunks
     )
     insert into knowledge_bases as b (account_id, chunks, terms)
     select $1, cardinality($2::bigint[]), coalesce(sum(frequency), 0) from lexemes
     on conflict (account_id) do update set chunks = b.chunks + excluded.chunks, terms = b.terms + excluded.terms`,
    [accountId, ids, chunks.map((chunk) => storableText(chunk.searchText))],
  );
  return ids;
}
