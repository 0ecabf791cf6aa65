import { randomInt } from 'node:crypto';
import { syncKnowledge } from '../knowledge/sync-knowledge.ts';
import type { Embedder, KnowledgeStore } from '../ports.ts';
import type { Source } from '../sources/source.ts';

/**
 * Syncs sources like any knowledge base into an account of their own (negative, so it is nobody's), which is removed
 * afterwards, also after a failure.
 */
export async function withScratchBase<T>(
  { store, embedder }: { store: KnowledgeStore; embedder?: Embedder | undefined },
  { sources, signal }: { sources: readonly Source[]; signal?: AbortSignal | undefined },
  run: (account: { accountId: number }) => Promise<T>,
): Promise<T> {
  const accountId = -randomInt(1, 2 ** 47);
  try {
    await syncKnowledge({ store, embedder }, { accountId, sources, signal });
    return await run({ accountId });
  } finally {
    await store.documents.removeAll({ accountId });
  }
}
