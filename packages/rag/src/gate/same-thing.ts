import { defaultLexicon } from '../lexicon/lexicon.ts';
import { isSameWord } from './words.ts';

/** Tells forms of a word, and other words for the same thing: „Samsung“ and „самсунг“, „привезём“ and „доставка“. */
export function sameThingAs(word: string): (other: string) => boolean {
  const things = defaultLexicon.thingsOf(word);
  return (other) =>
    isSameWord(other, word) ||
    (things.length > 0 && defaultLexicon.thingsOf(other).some((thing) => things.includes(thing)));
}
