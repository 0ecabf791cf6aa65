import type { Sleep } from '@avito-autoreply/runtime';
import { AppError } from '@avito-autoreply/runtime';
import type { Embedder, KnowledgeStore } from '../ports.ts';
import { createPassageEmbedder } from './embed-passages.ts';
import { MIN_VECTORS_FOR_INDEX, type SyncProgress } from './sync-knowledge.ts';

export type ReembedReport = { spaceKey: string; embedded: number; tokens: number; isActive: boolean };

/** A base that is synced all the time gets so many chances to be whole for a moment. */
const MAX_ROUNDS = 20;

/**
 * Fills the embedder's space for an account while the old one serves, and then lets it serve: one row. Each batch is
 * stored at once, so that it goes on where it was when it is run again. Throws what the model throws.
 */
export async function reembedKnowledge(
  { store, embedder, sleep }: { store: KnowledgeStore; embedder: Embedder; sleep?: Sleep | undefined },
  {
    accountId,
    isSwitching,
    onProgress,
    signal,
  }: {
    accountId: number;
    /** False: the space is filled and waits. */
    isSwitching: boolean;
    onProgress?: ((progress: SyncProgress) => void) | undefined;
    signal?: AbortSignal | undefined;
  },
): Promise<ReembedReport> {
  const { spaceKey } = embedder;
  const passages = createPassageEmbedder({ embedder, ensureSpace: store.spaces.ensure, signal, sleep });
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    await passages.fillGaps({ store, accountId, onProgress });
    const { failure, embedded, tokens } = passages.figures;
    if (failure !== undefined) {
      throw new AppError(
        `${embedded} passages got vectors, then: ${failure.message}; run it again to go on`,
        {
          code: failure.code,
          isRetryable: true,
        },
      );
    }
    await store.chunks.ensureVectorIndex({ accountId, spaceKey, minVectors: MIN_VECTORS_FOR_INDEX });
    if (!isSwitching) return { spaceKey, embedded, tokens, isActive: false };
    if ((await store.spaces.activate({ accountId, spaceKey })) === 0) {
      await store.documents.refreshStatistics();
      return { spaceKey, embedded, tokens, isActive: true };
    }
    // A sync added chunks meanwhile.
  }
  throw new AppError(
    `${spaceKey} is never whole, because the base keeps changing: run it again when no sync runs`,
    {
      code: 'knowledge.always-changing',
    },
  );
}
