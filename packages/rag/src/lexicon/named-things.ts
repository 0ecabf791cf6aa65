import { foldedWords } from '../text/normalize.ts';
import { defaultLexicon } from './lexicon.ts';

/** What the words of a text name, by the lexicon. */
export function namedThings(text: string): Set<number> {
  return new Set(foldedWords(text).flatMap((word) => defaultLexicon.thingsOf(word)));
}
