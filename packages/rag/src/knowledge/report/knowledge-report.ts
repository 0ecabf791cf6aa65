import type { StoredChunk } from '../../ports.ts';
import { type Contradiction, createContradictionFinder } from './contradictions.ts';
import { createDuplicateFinder, type DuplicatePair } from './near-duplicates.ts';
import { toReportChunk } from './report-chunk.ts';

export type KnowledgeReport = {
  chunks: number;
  duplicates: DuplicatePair[];
  contradictions: Contradiction[];
  /** There are more of either than are shown. */
  isCut: boolean;
};

type ChunkLister = {
  listAll: (query: {
    accountId: number;
    limit: number;
    afterId?: number | undefined;
  }) => Promise<(StoredChunk & { itemId: number | null })[]>;
};

/** Small: a server that makes a report goes on answering between pages. */
const PAGE = 500;
const DEFAULT_LIMIT = 100;

/** What the base says twice, and what it says in two ways. Changes nothing: which of the two is right, the owner knows. */
export async function reportKnowledge(
  { chunks }: { chunks: ChunkLister },
  {
    accountId,
    limit = DEFAULT_LIMIT,
    signal,
  }: { accountId: number; limit?: number | undefined; signal?: AbortSignal | undefined },
): Promise<KnowledgeReport> {
  const duplicates = createDuplicateFinder();
  const contradictions = createContradictionFinder();
  let count = 0;
  for (let afterId = 0; ;) {
    signal?.throwIfAborted();
    const page = await chunks.listAll({ accountId, limit: PAGE, afterId });
    for (const chunk of page.map(toReportChunk)) {
      duplicates.add(chunk);
      contradictions.add(chunk);
    }
    count += page.length;
    afterId = page.at(-1)?.chunkId ?? afterId;
    if (page.length < PAGE) break;
  }
  const found = {
    duplicates: await duplicates.pairs(limit),
    contradictions: await contradictions.pairs(limit),
  };
  return {
    chunks: count,
    duplicates: found.duplicates.pairs,
    contradictions: found.contradictions.pairs,
    isCut: found.duplicates.isCut || found.contradictions.isCut,
  };
}
