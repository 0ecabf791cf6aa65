import { createKnowledgeRepositories, type Pool } from '@avito-autoreply/database';
import { type Embedder, type Source, syncKnowledge, type SyncReport } from '@avito-autoreply/rag';

/** As of a usual model's server. */
const BATCH = 64;

/** The product's own sync into a database of its own, with the stub in place of the model. */
export function openOurs({
  pool,
  space: model,
  dimensions,
  embed,
}: {
  pool: Pool;
  /** Each embedding space has an index of its own, so each begins with an empty graph. */
  space: string;
  dimensions: number;
  embed: (texts: readonly string[]) => number[][];
}) {
  const store = createKnowledgeRepositories(pool);
  const calls = { embedding: 0 };
  const embedder: Embedder = {
    spaceKey: `${model}|${dimensions}|none`,
    model,
    maxBatchSize: BATCH,
    embed: async ({ texts }) => {
      calls.embedding += 1;
      return { vectors: embed(texts), tokens: texts.length };
    },
  };
  const space = { key: embedder.spaceKey, model: embedder.model, dimensions };
  return {
    calls,
    sync: (accountId: number, sources: readonly Source[]): Promise<SyncReport> =>
      syncKnowledge({ store, embedder }, { accountId, sources }),
    /** The product builds none for a base of this size. */
    buildIndex: async (accountId: number) => {
      await store.chunks.saveVectors({ accountId, space, vectors: [] });
      await store.chunks.ensureVectorIndex({ accountId, spaceKey: space.key, minVectors: 0 });
    },
    chunksOf: (accountId: number) => store.chunks.listAll({ accountId, limit: 1_000_000 }),
  };
}
