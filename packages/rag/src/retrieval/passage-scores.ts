import type { Passage } from './merge-neighbours.ts';
import type { Ranking } from './retriever.ts';

/** Where one leg of the search has a passage: ranks count from 1; scores of the two legs are not comparable. */
type LegScore = { rank: number; score: number };

export type PassageScores = {
  /** Of the fused ranking. */
  fused: number;
  /** By words, BM25. Null: not among the leg's candidates. */
  lexical: LegScore | null;
  /** By meaning, cosine. */
  dense: LegScore | null;
};

/** The scores of a passage's best chunk in each ranking. */
export function scoresOf(
  { chunkIds }: Pick<Passage, 'chunkIds'>,
  { hits, lexical, dense }: Pick<Ranking, 'hits' | 'lexical' | 'dense'>,
): PassageScores {
  const best = <Hit extends { chunkId: number }>(ranked: readonly Hit[], scoreOf: (hit: Hit) => number) => {
    const index = ranked.findIndex(({ chunkId }) => chunkIds.includes(chunkId));
    const hit = ranked[index];
    return hit === undefined ? null : { rank: index + 1, score: scoreOf(hit) };
  };
  return {
    fused: best(hits, ({ score }) => score)?.score ?? 0,
    lexical: best(lexical, ({ score }) => score),
    dense: best(dense, ({ similarity }) => similarity),
  };
}
