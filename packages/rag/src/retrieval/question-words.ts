import type { Lexicon } from '../lexicon/parse-lexicon.ts';
import { phraseMeanings } from '../lexicon/phrases.ts';
import { plainForms } from '../lexicon/plain-forms.ts';
import { foldedWords } from '../text/normalize.ts';
import { sayingWords } from './filler-words.ts';
import { otherScripts } from './other-scripts.ts';
import { spellingVariants } from './spelling-variants.ts';
import { otherForms } from './word-forms.ts';
import { joinedWords, withoutStuckWord } from './word-spaces.ts';

/** A word to look up. Words of one slot stand for the same word of the question. */
export type QuestionWord = {
  slot: number;
  word: string;
  closeness: number;
  /** The buyer's word, if perhaps in another script, so that it may be misspelt; false for another word for it. */
  isWritten: boolean;
  /** Meant only if the buyer's word has a slip in it: another word for what resembles it. */
  isGuess: boolean;
};

/** Another word for the same thing is worth less than the word itself, and what only goes with it less still. */
export const SAME_THING = 0.8;
export const HINT = 0.5;
/** What answers by itself says more than what only goes with a word. */
const ANSWER = 0.75;
/** „Кубик“ is a „куб“, mostly. */
const PLAIN_FORM = 0.85;
/** Another form of the word that the stemmer keeps apart. */
export const OTHER_FORM = 0.95;
/** Of what another word is worth, where only a slip makes it one. */
const OF_GUESS = 0.9;
/** A long message names its subject early; later words cost time and blur the ranking. */
const MAX_WORDS = 64;
/** Of a pasted text nobody looks for phrases further down. */
const MOST_WORDS = 500;

/**
 * The words of a question that say something, with other words for the same. The buyer's own come first. Empty for
 * „Здравствуйте, подскажите пожалуйста“.
 */
export function questionWords({ question, lexicon }: { question: string; lexicon: Lexicon }): QuestionWord[] {
  const folded = foldedWords(question).slice(0, MOST_WORDS);
  const meanings = phraseMeanings(folded);
  const said = sayingWords(question);
  // „Вы где?“ has no word that says something, but it means one.
  const meant = [...meanings].flatMap(([word, [first = word]]) => (said.includes(word) ? [] : [first]));
  const words = [...new Set([...said, ...(said.length === 0 ? meant : [])])].slice(0, MAX_WORDS);
  const variants = words.flatMap((word, slot) =>
    variantsOf(word, lexicon, meanings.get(word)).map((variant): QuestionWord => ({ slot, ...variant })),
  );
  return [
    ...variants.filter(({ isWritten }) => isWritten),
    ...variants.filter(({ isWritten }) => !isWritten),
  ];
}

function variantsOf(
  word: string,
  lexicon: Lexicon,
  meanings: readonly string[] = [],
): Omit<QuestionWord, 'slot'>[] {
  const sure = lexicon.thingsOf(word);
  const variants = [
    { word, closeness: 1, isWritten: true, isGuess: false },
    ...otherScripts(word).map((other) => variant(other, SAME_THING, { isWritten: true })),
    ...otherForms(word).map((other) => variant(other, OTHER_FORM)),
    ...plainForms(word).map((other) => variant(other, PLAIN_FORM)),
    ...meanings.map((other) => variant(other, SAME_THING)),
    ...meanings.flatMap((other) =>
      namesOf(lexicon.thingsOf(other), lexicon).map((name) =>
        variant(name.word, SAME_THING * name.closeness),
      ),
    ),
    ...namesOf(sure, lexicon).map(({ word: other, closeness }) => variant(other, closeness)),
  ];
  return closestOfEach(variants);
}

/**
 * What a word may have been meant for that the base has not: one word with its neighbour, or with a word that asks stuck to
 * it; where the lexicon has not it either, how it is spelt by those who do not write as they hear, what the lexicon has
 * that is written much alike, and other words for both.
 */
export function guessedWords({
  slot,
  word,
  question,
  lexicon,
}: {
  slot: number;
  word: string;
  question: string;
  lexicon: Lexicon;
}): QuestionWord[] {
  const joined = joinedWords(word, foldedWords(question));
  const ofSpaces = joined.map((other) => variant(other, OF_GUESS, { isGuess: true }));
  const guesses = lexicon.thingsOf(word).length > 0 ? [] : spellingGuesses(word, lexicon);
  return closestOfEach([...ofSpaces, ...guesses]).map((guess) => ({ slot, ...guess }));
}

function spellingGuesses(word: string, lexicon: Lexicon) {
  const spellings = [...spellingVariants(word), ...withoutStuckWord(word)];
  const things = [
    ...lexicon.thingsNear(word),
    ...spellings.flatMap((spelling) => lexicon.thingsOf(spelling)),
  ];
  return [
    ...spellings.map((spelling) => variant(spelling, OF_GUESS, { isGuess: true })),
    ...namesOf([...new Set(things)], lexicon).map(({ word: other, closeness }) =>
      variant(other, OF_GUESS * closeness, { isGuess: true }),
    ),
  ];
}

function closestOfEach<Word extends { word: string; closeness: number }>(words: readonly Word[]): Word[] {
  const closest = new Map<string, Word>();
  for (const one of words.toSorted((a, b) => b.closeness - a.closeness)) {
    if (!closest.has(one.word)) closest.set(one.word, one);
  }
  return [...closest.values()];
}

const variant = (word: string, closeness: number, { isWritten = false, isGuess = false } = {}) => ({
  word,
  closeness,
  isWritten,
  isGuess,
});

function namesOf(indexes: readonly number[], lexicon: Lexicon): { word: string; closeness: number }[] {
  const things = indexes.flatMap((index) => lexicon.things[index] ?? []);
  return [
    ...things.flatMap(({ words }) => words).map((word) => ({ word, closeness: SAME_THING })),
    ...things.flatMap(({ answers }) => answers).map((word) => ({ word, closeness: ANSWER })),
    ...things.flatMap(({ hints }) => hints).map((word) => ({ word, closeness: HINT })),
  ];
}
