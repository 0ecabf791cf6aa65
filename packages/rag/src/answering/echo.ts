import { type AskedTerm, trustIn } from '../retrieval/term-weights.ts';
import type { Part } from './coverage.ts';

/**
 * How much a part has of the words that go with those asked, by their rarity; the rarest as it was asked counts one. One
 * such word may stand there by chance, several of them are about what was asked.
 */
export function echoOf(asked: readonly AskedTerm[], { lexemes }: Part): number {
  const rarest = Math.max(0, ...asked.flatMap(({ terms }) => terms.map(({ idf }) => idf)));
  if (rarest === 0) return 0;
  const heard = asked.flatMap(({ kind, terms }) =>
    terms
      .filter(({ lexeme }) => lexemes.has(lexeme))
      .map(({ closeness, idf }) => (trustIn(closeness, kind) * idf) / rarest),
  );
  return heard.reduce((sum, one) => sum + one, 0);
}

/** One word of a line of two may be all that it says, or chance. */
const FEWEST_WORDS = 3;

/** The share of the words of a part that was asked, in these words or in others. */
export function shareAsked(asked: readonly AskedTerm[], { lexemes }: Part): number {
  const closest = new Map<string, number>();
  for (const { lexeme, closeness } of asked.flatMap(({ terms }) => terms)) {
    if (lexemes.has(lexeme)) closest.set(lexeme, Math.max(closeness, closest.get(lexeme) ?? 0));
  }
  const sum = [...closest.values()].reduce((total, one) => total + one, 0);
  return sum / Math.max(FEWEST_WORDS, lexemes.size);
}
