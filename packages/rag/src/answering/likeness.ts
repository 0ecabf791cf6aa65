import type { Part } from './coverage.ts';

/** Shorter words are alike by chance. */
const SHORTEST_WORD = 4;
const SHORTEST_LEXEME = 3;

/** How like words are to their likest of a part, each by how much it counts. */
export function likenessTo({ lexemes }: Part, words: readonly { word: string; share: number }[]): number {
  const long = words.filter(({ word }) => word.length >= SHORTEST_WORD);
  if (long.length === 0) return 0;
  const others = [...lexemes].filter(({ length }) => length >= SHORTEST_LEXEME).map(trigrams);
  return long.reduce((sum, { word, share }) => {
    const own = trigrams(word);
    return sum + share * Math.max(0, ...others.map((other) => diceOf(own, other)));
  }, 0);
}

/** The beginning has one of its own, the end has not: a lexeme is a stem. */
function trigrams(word: string): string[] {
  const opened = `^${word}`;
  const found: string[] = [];
  for (let at = 0; at + 3 <= opened.length; at += 1) found.push(opened.slice(at, at + 3));
  return found;
}

/** Dice's coefficient: the share that both have. Words are so short that a list is read sooner than a set is made. */
function diceOf(one: readonly string[], other: readonly string[]): number {
  let common = 0;
  for (const trigram of one) if (other.includes(trigram)) common += 1;
  return (2 * common) / (one.length + other.length);
}
