export type ScoredChunk = { chunkId: number; score: number };

export type ScoreTable = {
  /** By place, bare to whoever adds: a function call for each fraction takes longer than the sums. */
  scores: number[];
  /** The slot that added last, and what it added: of what comes for one slot in a row only the best counts. */
  lastSlots: number[];
  lastScores: number[];
  /** The place of the first chunk of a block of `BLOCK` ids; the others follow it. */
  placeOf: (block: number) => number;
  /** Forgets all scores; the memory stays, because to ask for it anew takes longer than the sums. */
  clear: () => void;
  /** The chunks with the highest scores, best first; of equal ones that with the lower id. */
  best: (limit: number) => ScoredChunk[];
};

/** Chunks of a document have ids that follow each other, so a block of them is found once for many. */
export const BLOCK = 64;
const NO_SLOT = -1;

/** Sums up the scores of chunks. Rows of numbers, because a Map entry per chunk takes several times as long. */
export function createScoreTable(): ScoreTable {
  const places = new Map<number, number>();
  const blocks: number[] = [];
  const scores: number[] = [];
  const lastSlots: number[] = [];
  const lastScores: number[] = [];
  let used = 0;
  const idAt = (at: number) => (blocks[Math.floor(at / BLOCK)] ?? 0) * BLOCK + (at % BLOCK);

  return {
    scores,
    lastSlots,
    lastScores,

    placeOf: (block) => {
      const known = places.get(block);
      if (known !== undefined) return known;
      const place = used;
      places.set(block, place);
      blocks.push(block);
      for (; used < place + BLOCK; used += 1) {
        scores[used] = 0;
        lastSlots[used] = NO_SLOT;
        lastScores[used] = 0;
      }
      return place;
    },

    clear: () => {
      places.clear();
      blocks.length = 0;
      used = 0;
    },

    best: (limit) => {
      const found: ScoredChunk[] = [];
      let enough = Number.MIN_VALUE;
      for (let at = 0; at < used; at += 1) {
        const score = scores[at] ?? 0;
        if (score < enough) continue;
        const one = { chunkId: idAt(at), score };
        const behind = found.findIndex((other) => isBefore(one, other));
        found.splice(behind < 0 ? found.length : behind, 0, one);
        if (found.length > limit) found.pop();
        if (found.length === limit) enough = found.at(-1)?.score ?? 0;
      }
      return found;
    },
  };
}

const isBefore = (one: ScoredChunk, other: ScoredChunk) =>
  one.score > other.score || (one.score === other.score && one.chunkId < other.chunkId);
