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

/** One query: what it was worth, and the document that came first. */
export type BeirResult = {
  id: string;
  question: string;
  ndcg: number;
  recallAt5: number;
  recallAt10: number;
  reciprocalRank: number;
  first: string | undefined;
  ms: number;
};

export type BeirEvaluation = {
  figures: BeirReport;
  results: BeirResult[];
  /** What makes the figures worse than the search is: documents without vectors, judgements of what is not there. */
  notes: string[];
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
): Promise<BeirEvaluation> {
  const { documents, queries, unknownDocuments } = await readBeirFolder(folder);
  const sources = documents.map(({ id, text }) => ({ key: id, kind: 'text' as const, name: '', text }));
  return withScratchBase({ store, embedder }, { sources, signal }, async ({ accountId, report }) => {
    const judged: BeirResult[] = [];
    let withoutMeaning = 0;
    for (const query of queries) {
      signal?.throwIfAborted();
      const start = performance.now();
      const { hits, meaningFailure } = await retriever.rank({
        accountId,
        question: query.text,
        limit: RANKED_CHUNKS,
        signal,
      });
      const ms = performance.now() - start;
      if (meaningFailure !== undefined) withoutMeaning += 1;
      const chunks = await search.loadChunks({ accountId, chunkIds: hits.map(({ chunkId }) => chunkId) });
      const documentOf = new Map(chunks.map(({ chunkId, sourceKey }) => [chunkId, sourceKey]));
      // A document ranks where its best chunk does.
      const ranked = [...new Set(hits.flatMap(({ chunkId }) => documentOf.get(chunkId) ?? []))];
      const result = { ranked, relevant: query.relevant };
      judged.push({
        id: query.id,
        question: query.text,
        first: ranked[0],
        ndcg: ndcgAt(K, result),
        recallAt5: recallAt(5, result),
        recallAt10: recallAt(K, result),
        reciprocalRank: reciprocalRankAt(K, result),
        ms,
      });
      onProgress?.({ done: judged.length, total: queries.length });
    }
    const times = judged.map(({ ms }) => ms);
    const figures: BeirReport = {
      documents: documents.length,
      queries: queries.length,
      'ndcg@10': mean(judged.map(({ ndcg }) => ndcg)),
      'recall@5': mean(judged.map(({ recallAt5 }) => recallAt5)),
      'recall@10': mean(judged.map(({ recallAt10 }) => recallAt10)),
      mrr: mean(judged.map(({ reciprocalRank }) => reciprocalRank)),
      p50Ms: percentile(0.5, times),
      p95Ms: percentile(0.95, times),
    };
    const notes = [
      ...report.failed.map(({ sourceKey, message }) => `${sourceKey}: ${message}`),
      ...(withoutMeaning === 0
        ? []
        : [`search by meaning failed for ${withoutMeaning} queries: these were searched by words only`]),
      ...(unknownDocuments === 0
        ? []
        : [`${unknownDocuments} judged documents are not in corpus.jsonl: no search can find them`]),
    ];
    return { figures, results: judged, notes };
  });
}
