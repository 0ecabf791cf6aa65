import type { AskedTerm } from '../retrieval/term-weights.ts';

// Two letters of five changed may be another word: good enough to search, not to be sure.
const GUESS = 0.65;

/** The share of what was asked that the lexemes cover: a rare word that is missing counts for more than a common one. */
export function coverageOf(asked: readonly AskedTerm[], lexemes: ReadonlySet<string>): number {
  const total = asked.reduce((sum, { mass }) => sum + mass, 0);
  const covered = asked.reduce((sum, term) => sum + term.mass * closenessIn(term, lexemes), 0);
  return total === 0 ? 0 : covered / total;
}

/** How well the lexemes have a word: 1 as it is, less for a synonym or a repaired word, 0 not at all. */
export function closenessIn({ terms }: AskedTerm, lexemes: ReadonlySet<string>): number {
  const found = terms.filter(({ lexeme }) => lexemes.has(lexeme));
  return Math.max(0, ...found.map(({ closeness }) => (closeness < GUESS ? closeness / 2 : closeness)));
}

export function union(sets: readonly ReadonlySet<string>[]): ReadonlySet<string> {
  return new Set(sets.flatMap((set) => [...set]));
}
