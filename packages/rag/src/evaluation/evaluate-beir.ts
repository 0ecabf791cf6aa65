import type { ChunkSearch, Embedder, KnowledgeStore } from '../ports.ts';
import type { Retriever } from '../retrieval/retriever.ts';
import { readBeirFolder } from './beir-folder.ts';
import { mean, ndcgAt, percentile, recallAt, reciprocalRankAt } from './metrics.ts';
import { withScratchBase } from './scratch-base.ts';

const K = 10;
/** Chunks to rank so that ten documents come out, although several chunks may be of one document. */
const RANKED_CHUNKS = 50;

export type BeirReport = {
  documents: number;
  queries: number;
  'ndcg@10': number;
  'recall@5': number;
  'recall@10': number;
  mrr: number;
  /** Milliseconds per query, retrieval only. */
  p50Ms: number;
  p95Ms: number;
};

type EvaluateDeps = {
  store: KnowledgeStore;
  search: ChunkSearch;
  /** The one that answers buyers. */
  retriever: Retriever;
  embedder?: Embedder | undefined;
};

/** Measures a retriever on a BEIR folder, whose documents become a base of their own for the time. */
export async function evaluateBeir(
  { store, search, retriever, embedder }: EvaluateDeps,
  {
    folder,
    onProgress,
    signal,
  }: {
    folder: string;
    onProgress?: ((progress: { done: number; total: number }) => void) | undefined;
    signal?: AbortSignal | undefined;
  },
): Promise<BeirReport> {
  const { documents, queries } = await readBeirFolder(folder);
  const sources = documents.map(({ id, text }) => ({ key: id, kind: 'text' as const, name: '', text }));
  return withScratchBase({ store, embedder }, { sources, signal }, async ({ accountId }) => {
    const judged: { ndcg: number; recallAt5: number; recall: number; reciprocalRank: number; ms: number }[] =
      [];
    for (const query of queries) {
      signal?.throwIfAborted();
      const start = performance.now();
      const { hits } = await retriever.rank({
        accountId,
        question: query.text,
        limit: RANKED_CHUNKS,
        signal,
      });
      const ms = performance.now() - start;
      const chunks = await search.loadChunks({ accountId, chunkIds: hits.map(({ chunkId }) => chunkId) });
      const documentOf = new Map(chunks.map(({ chunkId, sourceKey }) => [chunkId, sourceKey]));
      // A document ranks where its best chunk does.
      const ranked = [...new Set(hits.flatMap(({ chunkId }) => documentOf.get(chunkId) ?? []))];
      const result = { ranked, relevant: query.relevant };
      judged.push({
        ndcg: ndcgAt(K, result),
        recallAt5: recallAt(5, result),
        recall: recallAt(K, result),
        reciprocalRank: reciprocalRankAt(K, result),
        ms,
      });
      onProgress?.({ done: judged.length, total: queries.length });
    }
    const times = judged.map(({ ms }) => ms);
    return {
      documents: documents.length,
      queries: queries.length,
      'ndcg@10': mean(judged.map(({ ndcg }) => ndcg)),
      'recall@5': mean(judged.map(({ recallAt5 }) => recallAt5)),
      'recall@10': mean(judged.map(({ recall }) => recall)),
      mrr: mean(judged.map(({ reciprocalRank }) => reciprocalRank)),
      p50Ms: percentile(0.5, times),
      p95Ms: percentile(0.95, times),
    };
  });
}
