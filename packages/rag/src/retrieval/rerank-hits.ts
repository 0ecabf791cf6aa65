import { errorCode, type Logger } from '@avito-autoreply/runtime';
import { textToEmbed } from '../chunking/chunk-texts.ts';
import { mayHaveCost, noUsage } from '../cost/failed-call.ts';
import type { ModelCall } from '../cost/model-prices.ts';
import type { ChunkSearch, Reranker } from '../ports.ts';
import { inOrder } from './in-order.ts';

/** A reranker reads every text again: beyond this many the wait grows, and the right one is hardly ever among them. */
const CANDIDATES = 30;

export type RerankedHit = { chunkId: number; score: number };

/** The first candidates in the order of the reranker; when it fails, why: then the order stays that of the fusion. */
export async function rerankHits({
  search,
  reranker,
  accountId,
  question,
  hits,
  logger,
  signal,
}: {
  search: Pick<ChunkSearch, 'loadChunks'>;
  reranker: Reranker;
  accountId: number;
  question: string;
  hits: readonly { chunkId: number }[];
  logger: Logger;
  signal?: AbortSignal | undefined;
}): Promise<{ reranked?: RerankedHit[]; rerankFailure?: string; rerankCall?: ModelCall }> {
  const chunkIds = hits.slice(0, CANDIDATES).map(({ chunkId }) => chunkId);
  if (chunkIds.length < 2) return {};
  // In the order of the search: a reranker leaves it to texts that it finds equal.
  const chunks = inOrder(await search.loadChunks({ accountId, chunkIds }), chunkIds);
  try {
    const documents = chunks.map(textToEmbed);
    const { ranked, tokens, searches } = await reranker.rerank({
      question,
      documents,
      limit: documents.length,
      signal,
    });
    const reranked = ranked.flatMap(({ index, score }) => {
      const chunk = chunks[index];
      return chunk === undefined ? [] : [{ chunkId: chunk.chunkId, score }];
    });
    const usage = { inputTokens: tokens, outputTokens: 0 };
    return { reranked, rerankCall: { model: reranker.model, usage, searches } };
  } catch (error) {
    if (signal?.aborted) throw error;
    logger.warn('reranking failed, the order stays that of the search', { error });
    const rerankFailure = errorCode(error);
    if (!mayHaveCost(rerankFailure)) return { rerankFailure };
    return { rerankFailure, rerankCall: { model: reranker.model, usage: noUsage } };
  }
}
