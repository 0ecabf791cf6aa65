import type { Pool } from 'pg';
import { safeInteger, safeIntegerOrNull } from '../values.ts';
import { createRunQuery, withTransaction } from '../with-transaction.ts';
import { type ChunkVector, type EmbeddingSpaceRow, insertVectors, resolveSpace } from './embedding-spaces.ts';
import { buildVectorIndex, MOST_INDEXED_DIMENSIONS } from './vector-index.ts';

export type StoredChunk = {
  chunkId: number;
  sourceKey: string;
  title: string;
  position: number;
  heading: string;
  question: string | null;
  content: string;
};

type ChunkRow = {
  id: string;
  source_key: string;
  title: string;
  position: number;
  heading: string;
  question: string | null;
  content: string;
};

const toChunk = (row: ChunkRow): StoredChunk => ({
  chunkId: safeInteger(row.id),
  sourceKey: row.source_key,
  title: row.title,
  position: row.position,
  heading: row.heading,
  question: row.question,
  content: row.content,
});

/** The chunks of documents and their vectors. Chunks come and go with their documents only. */
export function createChunksRepository(pool: Pool) {
  const runQuery = createRunQuery(pool);
  return {
    /** Up to `limit` chunks, in the order of their ids, that have no vector in the space; `afterId` pages on. */
    async listWithoutVector({
      accountId,
      spaceKey,
      limit,
      afterId = 0,
    }: {
      accountId: number;
      spaceKey: string;
      limit: number;
      afterId?: number | undefined;
    }): Promise<StoredChunk[]> {
      const rows = await runQuery<ChunkRow>(
        `select c.id, d.source_key, d.title, c.position, c.heading, c.question, c.content
           from chunks c join documents d on d.id = c.document_id
          where c.account_id = $1 and c.id > $4 and not exists (
                select from chunk_embeddings e join embedding_spaces s on s.id = e.space_id
                 where s.key = $2 and e.chunk_id = c.id)
          order by c.id limit $3`,
        [accountId, spaceKey, limit, afterId],
      );
      return rows.map(toChunk);
    },

    /** What these documents' chunks say that have a vector in the space. */
    async listEmbedded({
      accountId,
      spaceKey,
      sourceKeys,
    }: {
      accountId: number;
      spaceKey: string;
      sourceKeys: readonly string[];
    }): Promise<Pick<StoredChunk, 'sourceKey' | 'heading' | 'question' | 'content'>[]> {
      const rows = await runQuery<Pick<ChunkRow, 'source_key' | 'heading' | 'question' | 'content'>>(
        `select d.source_key, c.heading, c.question, c.content
           from documents d join chunks c on c.document_id = d.id
          where d.account_id = $1 and d.source_key = any($3::text[]) and exists (
                select from chunk_embeddings e join embedding_spaces s on s.id = e.space_id
                 where s.key = $2 and e.chunk_id = c.id)`,
        [accountId, spaceKey, sourceKeys],
      );
      return rows.map(({ source_key: sourceKey, ...texts }) => ({ sourceKey, ...texts }));
    },

    /** Up to `limit` chunks of the account in the order of their ids; `afterId` pages on. */
    async listAll({
      accountId,
      limit,
      afterId = 0,
    }: {
      accountId: number;
      limit: number;
      afterId?: number | undefined;
    }): Promise<(StoredChunk & { itemId: number | null })[]> {
      const rows = await runQuery<ChunkRow & { item_id: string | null }>(
        `select c.id, d.source_key, d.title, c.position, c.heading, c.question, c.content, c.item_id
           from chunks c join documents d on d.id = c.document_id
          where c.account_id = $1 and c.id > $3 order by c.id limit $2`,
        [accountId, limit, afterId],
      );
      return rows.map((row) => ({ ...toChunk(row), itemId: safeIntegerOrNull(row.item_id) }));
    },

    /** Stores vectors of one space; chunks that were replaced meanwhile are left out. */
    async saveVectors({
      accountId,
      space,
      vectors,
    }: {
      accountId: number;
      space: EmbeddingSpaceRow;
      vectors: readonly ChunkVector[];
    }): Promise<void> {
      await withTransaction(pool, async (run) => {
        await insertVectors(run, { accountId, space: await resolveSpace(run, space), vectors });
      });
    },

    /**
     * Builds the HNSW index over the account's vectors of a space once there are `minVectors`; below that an exact scan
     * is right and fast, and a sync need not pay for a graph. Takes seconds to minutes and holds back writers of vectors,
     * not readers. Vectors of more dimensions than an index takes get none. Returns whether the index is there.
     */
    async ensureVectorIndex({
      accountId,
      spaceKey,
      minVectors,
    }: {
      accountId: number;
      spaceKey: string;
      minVectors: number;
    }): Promise<boolean> {
      const [space] = await runQuery<{ id: number; dimensions: number; vectors: string }>(
        `select s.id, s.dimensions,
                (select count(*) from chunk_embeddings e where e.space_id = s.id and e.account_id = $2) as vectors
           from embedding_spaces s where s.key = $1`,
        [spaceKey, accountId],
      );
      const vectors = safeInteger(space?.vectors ?? 0);
      if (space === undefined || vectors < minVectors || space.dimensions > MOST_INDEXED_DIMENSIONS)
        return false;
      await buildVectorIndex(pool, { spaceId: space.id, accountId, dimensions: space.dimensions, vectors });
      return true;
    },
  };
}
