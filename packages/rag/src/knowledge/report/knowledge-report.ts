import type { StoredChunk } from '../../ports.ts';
import { type Contradiction, createContradictionFinder } from './contradictions.ts';
import { createDuplicateFinder, type DuplicatePair } from './near-duplicates.ts';
import { toReportChunk } from './report-chunk.ts';
import { createTurns } from './turns.ts';

export type KnowledgeReport = {
  chunks: number;
  duplicates: DuplicatePair[];
  contradictions: Contradiction[];
  /** There are more of either than are shown. */
  isCut: boolean;
  /** Not when the time was up: then more is in the base than was read, or compared. */
  isComplete: boolean;
};

type ChunkLister = {
  listAll: (query: {
    accountId: number;
    limit: number;
    afterId?: number | undefined;
  }) => Promise<(StoredChunk & { itemId: number | null })[]>;
};

const PAGE = 500;
const DEFAULT_LIMIT = 100;
/** Of the budget; the rest is for comparing. */
const READING_SHARE = 0.6;

/** What the base says twice, and what it says in two ways. Changes nothing: which of the two is right, the owner knows. */
export async function reportKnowledge(
  { chunks }: { chunks: ChunkLister },
  {
    accountId,
    limit = DEFAULT_LIMIT,
    budgetMs = Infinity,
    signal,
  }: {
    accountId: number;
    limit?: number | undefined;
    /** About how long it may take; default: until all is read and compared. */
    budgetMs?: number | undefined;
    signal?: AbortSignal | undefined;
  },
): Promise<KnowledgeReport> {
  const start = performance.now();
  const reading = createTurns({ endsAt: start + READING_SHARE * budgetMs });
  const comparing = createTurns({ endsAt: start + budgetMs });
  const duplicates = createDuplicateFinder();
  const contradictions = createContradictionFinder();
  let count = 0;
  let isAllRead = false;
  for (let afterId = 0; ;) {
    signal?.throwIfAborted();
    const page = await chunks.listAll({ accountId, limit: PAGE, afterId });
    for (const chunk of page) {
      if (reading.isTurnOver()) await reading.next();
      const each = toReportChunk(chunk);
      duplicates.add(each);
      contradictions.add(each);
    }
    count += page.length;
    afterId = page.at(-1)?.chunkId ?? afterId;
    isAllRead = page.length < PAGE;
    if (isAllRead || reading.isTimeUp()) break;
  }
  const found = {
    // First what a buyer may be told wrongly.
    contradictions: await contradictions.pairs(limit, comparing),
    duplicates: await duplicates.pairs(limit, comparing),
  };
  return {
    chunks: count,
    duplicates: found.duplicates.pairs,
    contradictions: found.contradictions.pairs,
    isCut: found.duplicates.isCut || found.contradictions.isCut,
    isComplete: isAllRead && !comparing.isTimeUp(),
  };
}
