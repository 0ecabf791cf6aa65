import type { Pool } from 'pg';
import { asDatabaseError } from '../database-errors.ts';

// Building the graph over 100,000 vectors of 1,536 dimensions takes minutes on a small machine.
const BUILD_TIMEOUT_MS = 3_600_000;

/**
 * An HNSW index over the vectors of one space. It needs the dimensions in its expression, because the column has
 * none. Not CONCURRENTLY: that leaves a broken index behind when it fails.
 */
export async function buildVectorIndex(
  pool: Pool,
  { id, dimensions }: { id: number; dimensions: number },
): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    await client.query('set local statement_timeout = 0');
    // pg reads the client-side limit from the query as well; its types do not know that.
    const create = {
      text: `create index if not exists chunk_embeddings_hnsw_${Number(id)} on chunk_embeddings
             using hnsw ((embedding::halfvec(${Number(dimensions)})) halfvec_cosine_ops)
             with (m = 16, ef_construction = 64) where space_id = ${Number(id)}`,
      query_timeout: BUILD_TIMEOUT_MS,
    };
    await client.query(create);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw asDatabaseError(error);
  } finally {
    client.release();
  }
}
