import { AppError, errorCode, errorMessage, type Sleep, withRetry } from '@avito-autoreply/runtime';
import { textToEmbed } from '../chunking/chunk-texts.ts';
import type { Embedder, EmbeddingSpace, KnowledgeStore } from '../ports.ts';
import type { SourceFailure } from '../sources/source.ts';
import type { SyncProgress } from './sync-knowledge.ts';

/** The sync is the one owner of retries: the adapter has none, and a question does not wait for them. */
const RETRY_POLICY = { attempts: 4, baseMs: 500, maxMs: 15_000 };

type Embeddable = { heading: string; question: string | null; content: string };
type Embedded = { space: EmbeddingSpace; vectors: number[][] };

export type PassageEmbedder = {
  /** Of all its vectors. */
  spaceKey: string;
  /** Vectors in the order of the chunks; undefined from the first failure on, which is kept in the figures. */
  tryEmbed: (chunks: readonly Embeddable[]) => Promise<Embedded | undefined>;
  /** Embeds the chunks of the account that have no vector in the active space, whatever the reason. */
  fillGaps: (input: {
    store: KnowledgeStore;
    accountId: number;
    onProgress?: ((progress: SyncProgress) => void) | undefined;
  }) => Promise<void>;
  figures: { embedded: number; tokens: number; failure: SourceFailure | undefined };
};

/** Embedding for one sync: in the model's batches, and no more calls once the model has failed. */
export function createPassageEmbedder({
  embedder,
  ensureSpace,
  signal,
  sleep,
}: {
  embedder: Embedder;
  ensureSpace: KnowledgeStore['spaces']['ensure'];
  signal?: AbortSignal | undefined;
  sleep?: Sleep | undefined;
}): PassageEmbedder {
  const retrying = withRetry({ policy: RETRY_POLICY, signal, ...(sleep === undefined ? {} : { sleep }) });
  const figures: PassageEmbedder['figures'] = { embedded: 0, tokens: 0, failure: undefined };
  let ensured: number | undefined;

  const embedAll = async (chunks: readonly Embeddable[]): Promise<Embedded> => {
    const vectors: number[][] = [];
    for (let from = 0; from < chunks.length; from += embedder.maxBatchSize) {
      const texts = chunks.slice(from, from + embedder.maxBatchSize).map(textToEmbed);
      const batch = await retrying(() => embedder.embed({ texts, kind: 'passage', signal }));
      vectors.push(...batch.vectors);
      figures.tokens += batch.tokens;
    }
    const dimensions = vectors[0]?.length ?? 0;
    const space = { key: embedder.spaceKey, model: embedder.model, dimensions };
    // Vectors that do not fit must not keep the texts out, so this is known before a document is written with them.
    if (ensured !== dimensions) await ensureSpace(space);
    ensured = dimensions;
    figures.embedded += vectors.length;
    return { space, vectors };
  };

  const tryEmbed: PassageEmbedder['tryEmbed'] = async (chunks) => {
    if (figures.failure !== undefined || chunks.length === 0) return undefined;
    try {
      return await embedAll(chunks);
    } catch (error) {
      if (signal?.aborted || !(error instanceof AppError)) throw error;
      figures.failure = {
        sourceKey: `embeddings of ${embedder.model}`,
        code: errorCode(error),
        message: errorMessage(error),
      };
      return undefined;
    }
  };

  const fillGaps: PassageEmbedder['fillGaps'] = async ({ store, accountId, onProgress }) => {
    let afterId = 0;
    let total: number | undefined;
    for (let done = 0; ;) {
      const chunks = await store.chunks.listWithoutVector({
        accountId,
        spaceKey: embedder.spaceKey,
        limit: embedder.maxBatchSize,
        afterId,
      });
      if (chunks.length > 0) total ??= await store.spaces.missing({ accountId, spaceKey: embedder.spaceKey });
      const embedded = await tryEmbed(chunks);
      if (embedded === undefined) return;
      const vectors = chunks.flatMap(({ chunkId }, index) => {
        const vector = embedded.vectors[index];
        return vector === undefined ? [] : [{ chunkId, vector }];
      });
      await store.chunks.saveVectors({ accountId, space: embedded.space, vectors });
      afterId = chunks.at(-1)?.chunkId ?? afterId;
      done += chunks.length;
      // A sync may have added some meanwhile.
      onProgress?.({ done, total: Math.max(done, total ?? 0), stage: 'embeddings' });
    }
  };

  return { spaceKey: embedder.spaceKey, tryEmbed, fillGaps, figures };
}
