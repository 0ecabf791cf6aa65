import { foldedWords } from '../text/normalize.ts';
import { withoutFillers } from './filler-words.ts';
import type { SynonymGroup } from './synonyms.ts';

/** A word to look up. Words of one slot stand for the same word of the question. */
export type QuestionWord = { slot: number; word: string; closeness: number };

/** Another word for the same thing is worth less than the word itself. */
const SYNONYM_CLOSENESS = 0.8;
/** A long message names its subject early; later words cost time and blur the ranking. */
const MAX_WORDS = 64;

/** The words of a question that say something, with their synonyms. Empty for „Здравствуйте, подскажите пожалуйста“. */
export function questionWords({
  question,
  synonyms,
}: {
  question: string;
  synonyms: readonly SynonymGroup[];
}): QuestionWord[] {
  const words = withoutFillers(foldedWords(question)).slice(0, MAX_WORDS);
  return words.flatMap((word, slot) => {
    const others = synonyms.filter(({ match }) => match.test(word)).flatMap((group) => group.words);
    return [
      { slot, word, closeness: 1 },
      ...[...new Set(others)]
        .filter((other) => other !== word)
        .map((other) => ({ slot, word: other, closeness: SYNONYM_CLOSENESS })),
    ];
  });
}
