import { splitSentences } from '../text/sentences.ts';
import { defaultLexicon } from '../lexicon/lexicon.ts';
import { isLight } from '../lexicon/light-words.ts';
import { foldForSearch } from '../text/normalize.ts';
import { isDenied } from './promises.ts';
import { isSameWord } from './words.ts';

// „Алексей“; „СДЭК“ and „iPhone“ are written otherwise.
const NAME = /(?<![\p{L}\p{N}.-])\p{Lu}\p{Ll}{2,}(?![\p{L}\p{N}-])/gu;
const BEGINS = /(?:^|[:«"“(–—/])\s*$/u;
// What is written so for politeness, and what everybody knows.
const COMMON = /^(?:вы|вас|вам|вами|ваш\p{L}*|росси\p{L}*|рф|авито|интернет\p{L}*|земл\p{L}*)$/u;
// „Алина ведёт прогулки“
const ACTS =
  /^\s(?:(?:вам|с вами|вас|сам[аи]?|уже|скоро|сегодня)\s)*\p{L}{2,}(?:ит|[её]т|ят|[ую]т)(?:ся)?(?!\p{L})/iu;

/**
 * Names of persons and places in a text that no known text has: „вам позвонит Алексей“. A word that begins a sentence is
 * a name where no lexicon knows it and something is said to be done by it.
 */
export function unknownNames({ answer, known }: { answer: string; known: readonly string[] }): string[] {
  const isKnown = (word: string) => known.some((each) => isSameWord(each, word));
  return splitSentences(answer).flatMap((sentence) =>
    [...sentence.matchAll(NAME)].flatMap(({ 0: name, index }) => {
      const word = foldForSearch(name);
      // „В Питер не доставляем“ claims nothing of it.
      if (COMMON.test(word) || isKnown(word) || isDenied(sentence, name)) return [];
      const isFirst = BEGINS.test(sentence.slice(0, index));
      const isWord = isLight(word) || defaultLexicon.thingsOf(word).length > 0;
      const isName = !isFirst || (!isWord && ACTS.test(sentence.slice(index + name.length)));
      return isName ? [name] : [];
    }),
  );
}
