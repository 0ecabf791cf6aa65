import { foldedWords } from '../../text/normalize.ts';
import {
  candidatePairs,
  estimatedSimilarity,
  hashText,
  jaccard,
  type Signature,
  signatureOf,
} from './min-hash.ts';
import { byPlace, type Place, type ReportChunk } from './report-chunk.ts';
import type { Turns } from './turns.ts';

export type DuplicatePair = { similarity: number; places: [Place, Place] };

/** Share of common three-word stretches from which two texts say the same. */
const MIN_SIMILARITY = 0.8;
const SHINGLE_WORDS = 3;
/** A text of fewer words is no text of its own: a heading, a „yes“. */
const MIN_WORDS = 6;
const PLACES = 64;
const ROWS = 4;
const COMPARED_WITH = 8;

/** Texts that say nearly the same at two places. Linear in the number of chunks. */
export function createDuplicateFinder() {
  const texts: { chunk: ReportChunk; signature: Signature }[] = [];
  return {
    add: (chunk: ReportChunk): void => {
      const shingles = shinglesOf(chunk);
      if (shingles.size === 0) return;
      texts.push({ chunk, signature: signatureOf([...shingles].map(hashText), PLACES) });
    },
    pairs: async (limit: number, turns: Turns): Promise<{ pairs: DuplicatePair[]; isCut: boolean }> => {
      const found = new Map<string, DuplicatePair>();
      const ordered = texts.toSorted((a, b) => byPlace(a.chunk, b.chunk));
      let isCut = false;
      for await (const [a, b] of candidatePairs({
        signatures: ordered.map(({ signature }) => signature),
        rows: ROWS,
        comparedWith: COMPARED_WITH,
        turns,
      })) {
        const key = `${a}-${b}`;
        const [left, right] = [ordered[a], ordered[b]];
        if (left === undefined || right === undefined || found.has(key)) continue;
        if (estimatedSimilarity(left.signature, right.signature) < MIN_SIMILARITY - 0.15) continue;
        const [one, other] = [left.chunk, right.chunk];
        // What two listings say alike belongs to each of them.
        if (one.itemId !== other.itemId && one.itemId !== null && other.itemId !== null) continue;
        const similarity = jaccard(shinglesOf(one), shinglesOf(other));
        if (similarity < MIN_SIMILARITY) continue;
        if (found.size >= limit) {
          isCut = true;
          break;
        }
        found.set(key, { similarity, places: [one.place, other.place] });
      }
      return { pairs: [...found.values()].toSorted((a, b) => b.similarity - a.similarity), isCut };
    },
  };
}

function shinglesOf({ text }: ReportChunk): Set<string> {
  const words = foldedWords(text);
  if (words.length < MIN_WORDS) return new Set();
  return new Set(
    words.slice(SHINGLE_WORDS - 1).map((_, at) => words.slice(at, at + SHINGLE_WORDS).join(' ')),
  );
}
