import { type Logger, silentLogger } from '@avito-autoreply/runtime';
import type { ChunkSearch, Embedder, EmbedderOf } from '../ports.ts';
import { foldForSearch } from '../text/normalize.ts';
import { gapQuestion, gapWords } from './gap-words.ts';
import { sameQuestionCosine, type VectorBackground } from './vector-threshold.ts';

type Unseen = { replyId: string | null; messageId: string | null; question: string; askedAt: Date };

type Placed = Omit<Unseen, 'question'> & {
  folded: string;
  stems: string;
  vector?: readonly number[] | undefined;
};

/** Where unanswered questions and the gaps that they show are kept. */
type GapStore = {
  listUnseen: (query: { accountId: number; days: number; limit: number }) => Promise<Unseen[]>;
  vectorBackground: (query: {
    accountId: number;
    spaceKey: string;
    sample: number;
  }) => Promise<VectorBackground | undefined>;
  place: (placement: {
    accountId: number;
    questions: readonly Placed[];
    minStemSimilarity: number;
    vectors?: { spaceKey: string; minSimilarity: number } | undefined;
  }) => Promise<void>;
};

type GapDeps = {
  store: GapStore;
  search: Pick<ChunkSearch, 'stem'>;
  /** Without one, questions are compared by their words only. */
  embedderOf?: EmbedderOf | undefined;
  logger?: Logger | undefined;
};

/** Questions older than this show no gap of today. */
export const GAP_DAYS = 30;
/** One short transaction each; on an embedded database everybody else waits behind it. */
const BATCH = 50;
/** Trigram similarity of the stems from which two questions ask the same. */
const MIN_STEM_SIMILARITY = 0.6;
const BACKGROUND_SAMPLE = 40;

/**
 * Gathers the questions that nobody has looked at yet, for at most `budgetMs`: what is left is gathered next time. Each
 * question is compared with the first question of each gap only, by its words and, where a model is there, by its meaning.
 */
export function createGapCollector({ store, search, embedderOf, logger = silentLogger }: GapDeps) {
  const vectorsOf = async (
    embedder: Embedder | undefined,
    questions: readonly string[],
    signal: AbortSignal | undefined,
  ) => {
    const asked = questions.filter((question) => question !== '');
    if (embedder === undefined || asked.length === 0) return undefined;
    try {
      const vectors: number[][] = [];
      for (let start = 0; start < asked.length; start += embedder.maxBatchSize) {
        const texts = asked.slice(start, start + embedder.maxBatchSize);
        vectors.push(...(await embedder.embed({ texts, kind: 'query', signal })).vectors);
      }
      return new Map(asked.map((question, index) => [question, vectors[index]]));
    } catch (error) {
      signal?.throwIfAborted();
      logger.warn('unanswered questions are gathered by words only', { error });
      return undefined;
    }
  };

  const collectBatch = async (accountId: number, signal: AbortSignal | undefined): Promise<number> => {
    const unseen = await store.listUnseen({ accountId, days: GAP_DAYS, limit: BATCH });
    if (unseen.length === 0) return 0;
    const questions = unseen.map(({ question }) => gapQuestion(question));
    const stems = await search.stem({ texts: questions.map((question) => gapWords(question).join(' ')) });
    const embedder = await embedderOf?.({ accountId });
    const vectors = await vectorsOf(embedder, questions, signal);
    const background =
      vectors === undefined || embedder === undefined
        ? undefined
        : await store.vectorBackground({ accountId, spaceKey: embedder.spaceKey, sample: BACKGROUND_SAMPLE });
    await store.place({
      accountId,
      questions: unseen.map(({ replyId, messageId, askedAt }, index) => {
        const question = questions[index] ?? '';
        return {
          replyId,
          messageId,
          askedAt,
          folded: foldForSearch(question),
          stems: (stems[index] ?? []).toSorted().join(' '),
          vector: vectors?.get(question),
        };
      }),
      minStemSimilarity: MIN_STEM_SIMILARITY,
      vectors:
        vectors === undefined || embedder === undefined
          ? undefined
          : { spaceKey: embedder.spaceKey, minSimilarity: sameQuestionCosine(background) },
    });
    return unseen.length;
  };

  return async ({
    accountId,
    budgetMs,
    signal,
  }: {
    accountId: number;
    budgetMs: number;
    signal?: AbortSignal | undefined;
  }): Promise<{ isComplete: boolean }> => {
    const end = performance.now() + budgetMs;
    do {
      if ((await collectBatch(accountId, signal)) < BATCH) return { isComplete: true };
    } while (performance.now() < end);
    return { isComplete: false };
  };
}

export type GapCollector = ReturnType<typeof createGapCollector>;
