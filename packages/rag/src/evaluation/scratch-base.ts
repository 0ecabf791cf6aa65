import { randomInt } from 'node:crypto';
import { syncKnowledge, type SyncReport } from '../knowledge/sync-knowledge.ts';
import type { Embedder, KnowledgeStore } from '../ports.ts';
import type { Source } from '../sources/source.ts';

/**
 * Syncs sources like any knowledge base into an account of their own (negative, so it is nobody's), which is removed
 * afterwards, also after a failure. What could not be read or embedded stands in the report.
 */
export async function withScratchBase<T>(
  { store, embedder }: { store: KnowledgeStore; embedder?: Embedder | undefined },
  { sources, signal }: { sources: readonly Source[]; signal?: AbortSignal | undefined },
  run: (scratch: { accountId: number; report: SyncReport }) => Promise<T>,
): Promise<T> {
  const accountId = -randomInt(1, 2 ** 47);
  try {
    const report = await syncKnowledge({ store, embedder }, { accountId, sources, signal });
    return await run({ accountId, report });
  } finally {
    await store.documents.removeAll({ accountId });
  }
}
