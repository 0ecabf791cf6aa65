import { editSimilarity } from '../retrieval/edit-similarity.ts';

/** In shorter words one other letter makes another word. */
const SHORTEST = 6;

/**
 * Finds the stems that begin a word with one slip in it: a letter left out, put in, replaced, or two swapped. Stems and
 * words that become alike when each loses at most one letter are candidates (symmetric delete spelling correction,
 * W. Garbe, 2012).
 */
export function nearStems(stems: readonly string[]): (word: string) => string[] {
  const byShorter = new Map<string, string[]>();
  for (const stem of stems) {
    if (stem.length < SHORTEST) continue;
    for (const shorter of withOneLess(stem)) {
      const stemsOf = byShorter.get(shorter);
      if (stemsOf === undefined) byShorter.set(shorter, [stem]);
      else stemsOf.push(stem);
    }
  }
  const longest = Math.max(0, ...stems.map(({ length }) => length));
  return (word) => {
    const found = new Set<string>();
    for (let length = SHORTEST - 1; length <= Math.min(word.length, longest + 1); length += 1) {
      const beginning = word.slice(0, length);
      const candidates = withOneLess(beginning).flatMap((shorter) => byShorter.get(shorter) ?? []);
      for (const stem of candidates) if (isOneSlip(beginning, stem)) found.add(stem);
    }
    return [...found];
  };
}

/** The first letter is hardly ever wrong. */
const isOneSlip = (written: string, meant: string) =>
  written[0] === meant[0] &&
  Math.round((1 - editSimilarity(written, meant)) * Math.max(written.length, meant.length)) <= 1;

const withOneLess = (word: string): string[] => [
  word,
  ...Array.from(word, (_, place) => word.slice(0, place) + word.slice(place + 1)),
];
