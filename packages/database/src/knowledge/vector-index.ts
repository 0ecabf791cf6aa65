import { DatabaseError, type Pool, type PoolClient } from 'pg';
import { asDatabaseError } from '../database-errors.ts';

// Building the graph over 100,000 vectors of 1,536 dimensions takes minutes on a small machine.
const BUILD_TIMEOUT_MS = 3_600_000;
/** A graph that fits into memory is built several times faster; beyond that the server's own setting is not raised. */
const LEAST_BUILD_KB = 65_536;
const MOST_BUILD_KB = 524_288;
/** Per vector beside its numbers of two bytes: links at all levels, and what the allocator adds. */
const GRAPH_BYTES_PER_VECTOR = 1_500;
/** Of pgvector's HNSW for halfvec; there are models of 4,096. Vectors of more are compared one by one. */
export const MOST_INDEXED_DIMENSIONS = 4_000;
/** What Postgres says when the container's /dev/shm is too small for the helpers of a parallel build. */
const NO_SHARED_MEMORY = '53100';

type Graph = { spaceId: number; accountId: number; dimensions: number; vectors: number };

/** To be quoted: a base for the time of a measurement has a negative account. */
export const vectorIndexName = ({ spaceId, accountId }: Pick<Graph, 'spaceId' | 'accountId'>) =>
  `chunk_embeddings_hnsw_${Number(spaceId)}_${Number(accountId)}`;

/**
 * An HNSW index over one account's vectors of one space. It needs the dimensions in its expression, because the column has
 * none. Not CONCURRENTLY: that leaves a broken index behind when it fails.
 */
export async function buildVectorIndex(pool: Pool, graph: Graph): Promise<void> {
  const client = await pool.connect();
  try {
    await build(client, graph).catch(async (error: unknown) => {
      if (!(error instanceof DatabaseError) || error.code !== NO_SHARED_MEMORY) throw error;
      await build(client, graph, 'set local max_parallel_maintenance_workers = 0');
    });
  } catch (error) {
    throw asDatabaseError(error);
  } finally {
    client.release();
  }
}

async function build(client: PoolClient, graph: Graph, ...settings: string[]): Promise<void> {
  try {
    await client.query('begin');
    await client.query('set local statement_timeout = 0');
    await client.query(`set local maintenance_work_mem = '${memoryFor(graph)}kB'`);
    for (const setting of settings) await client.query(setting);
    // pg reads the client-side limit from the query as well; its types do not know that.
    const create = {
      text: `create index if not exists "${vectorIndexName(graph)}" on chunk_embeddings
             using hnsw ((embedding::halfvec(${Number(graph.dimensions)})) halfvec_cosine_ops)
             with (m = 16, ef_construction = 64)
             where space_id = ${Number(graph.spaceId)} and account_id = ${Number(graph.accountId)}`,
      query_timeout: BUILD_TIMEOUT_MS,
    };
    await client.query(create);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw error;
  }
}

function memoryFor({ vectors, dimensions }: Graph): number {
  const needed = Math.ceil((vectors * (dimensions * 2 + GRAPH_BYTES_PER_VECTOR)) / 1_024);
  return Math.min(MOST_BUILD_KB, Math.max(LEAST_BUILD_KB, needed));
}
