import type { Lexicon } from '../lexicon/parse-lexicon.ts';
import { sayingWords } from './filler-words.ts';
import { otherScripts } from './other-scripts.ts';

/** A word to look up. Words of one slot stand for the same word of the question. */
export type QuestionWord = {
  slot: number;
  word: string;
  closeness: number;
  /** The buyer's word, if perhaps in another script, so that it may be misspelt; false for another word for it. */
  isWritten: boolean;
};

/** Another word for the same thing is worth less than the word itself, and what only goes with it less still. */
export const SAME_THING = 0.8;
export const HINT = 0.5;
/** What answers by itself says more than what only goes with a word. */
const ANSWER = 0.75;
/** A long message names its subject early; later words cost time and blur the ranking. */
const MAX_WORDS = 64;

/**
 * The words of a question that say something, with other words for the same. The buyer's own come first. Empty for
 * „Здравствуйте, подскажите пожалуйста“.
 */
export function questionWords({ question, lexicon }: { question: string; lexicon: Lexicon }): QuestionWord[] {
  const words = sayingWords(question).slice(0, MAX_WORDS);
  const variants = words.flatMap((word, slot) =>
    variantsOf(word, lexicon).map((variant): QuestionWord => ({ slot, ...variant })),
  );
  return [
    ...variants.filter(({ isWritten }) => isWritten),
    ...variants.filter(({ isWritten }) => !isWritten),
  ];
}

function variantsOf(word: string, lexicon: Lexicon): Omit<QuestionWord, 'slot'>[] {
  const things = lexicon.thingsOf(word).flatMap((index) => lexicon.things[index] ?? []);
  const variants = [
    { word, closeness: 1, isWritten: true },
    ...otherScripts(word).map((other) => ({ word: other, closeness: SAME_THING, isWritten: true })),
    ...things
      .flatMap(({ words }) => words)
      .map((other) => ({ word: other, closeness: SAME_THING, isWritten: false })),
    ...things
      .flatMap(({ answers }) => answers)
      .map((other) => ({ word: other, closeness: ANSWER, isWritten: false })),
    ...things
      .flatMap(({ hints }) => hints)
      .map((other) => ({ word: other, closeness: HINT, isWritten: false })),
  ];
  // The closest comes first, so it is the one that stays.
  return variants.filter((one, index) => variants.findIndex((other) => other.word === one.word) === index);
}
