import { AppError } from '@avito-autoreply/runtime';
import type { RunQuery } from '../with-transaction.ts';
import { encodeHalfVectors } from './half-vectors.ts';

export type EmbeddingSpaceRow = {
  /** Model, asked dimensions and prefix rule in one text: vectors of different keys are never compared. */
  key: string;
  model: string;
  dimensions: number;
};

export type ChunkVector = { chunkId: number; vector: readonly number[] };

/** A space of this database, with the oid that the type of its vectors has here. */
export type KnownSpace = { id: number; vectorType: number };

/** The space, which is created at its first use. Throws `database.other-dimensions`. */
export async function resolveSpace(run: RunQuery, space: EmbeddingSpaceRow): Promise<KnownSpace> {
  const find = () =>
    run<{ id: number; dimensions: number; vector_type: number }>(
      `select id, dimensions, 'halfvec'::regtype::oid as vector_type from embedding_spaces where key = $1`,
      [space.key],
    );
  let [row] = await find();
  if (row === undefined) {
    await run(
      `insert into embedding_spaces (key, model, dimensions) values ($1, $2, $3) on conflict (key) do nothing`,
      [space.key, space.model, space.dimensions],
    );
    [row] = await find();
  }
  if (row?.dimensions !== space.dimensions) {
    throw new AppError(
      `the embedding space ${space.key} holds ${row?.dimensions} dimensions, but the model now returns ${space.dimensions}: set OPENAI_EMBEDDING_DIMENSIONS or another model name`,
      { code: 'database.other-dimensions' },
    );
  }
  return { id: row.id, vectorType: row.vector_type };
}

// At 1,536 dimensions a vector is 3 kB.
const VECTORS_PER_STATEMENT = 1_000;

export async function insertVectors(
  run: RunQuery,
  { accountId, space, vectors }: { accountId: number; space: KnownSpace; vectors: readonly ChunkVector[] },
): Promise<void> {
  for (let from = 0; from < vectors.length; from += VECTORS_PER_STATEMENT) {
    const some = vectors.slice(from, from + VECTORS_PER_STATEMENT);
    // A chunk that was replaced meanwhile is left out: its successor has no vector yet and is found by the next sync.
    // OFFSET 0: a look-up per chunk, also by a plan that was made when the base was empty.
    await run(
      `insert into chunk_embeddings (space_id, chunk_id, account_id, embedding)
       select $1, c.id, $2, g.vector
         from unnest($3::bigint[], $4::halfvec[]) as g(id, vector)
              cross join lateral (select id from chunks where id = g.id and account_id = $2 offset 0) as c
       on conflict (space_id, chunk_id) do update set embedding = excluded.embedding`,
      [
        space.id,
        accountId,
        some.map(({ chunkId }) => chunkId),
        encodeHalfVectors(
          some.map(({ vector }) => vector),
          space.vectorType,
        ),
      ],
    );
  }
}
