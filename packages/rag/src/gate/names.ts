import { splitSentences } from '../text/sentences.ts';
import { defaultLexicon } from '../lexicon/lexicon.ts';
import { isLight } from '../lexicon/light-words.ts';
import { foldForSearch } from '../text/normalize.ts';
import { isDenied } from './promises.ts';
import { sameThingAs } from './same-thing.ts';
import { tellingWords } from './words.ts';

// „Алексей“; „СДЭК“ and „iPhone“ are written otherwise.
const NAME = /(?<![\p{L}\p{N}.-])\p{Lu}\p{Ll}{2,}(?:\p{Lu}\p{Ll}+)*(?![\p{L}\p{N}-])/gu;
// „Создадим макет“: what begins a sentence is more often a verb.
const VERB = /(?:[еи]м|[еий]те|ть|[ую]т|[еи]т)(?:ся)?$/u;
// „В «Шинторге»“: a quotation mark begins a sentence only where nothing stands before it.
const BEGINS = /(?:^|[:(–—/])\s*[«"“]?\s*$/u;
// „Полугодовой безлимит“ is no deed of his.
const ADJECTIVE = /(?:[^с]к|[^к])(?:ой|ый|ая|ое|ые)$/u;
// What is written so for politeness, and what everybody knows.
const COMMON = /^(?:вы|вас|вам|вами|ваш\p{L}*|росси\p{L}*|рф|авито|avito|интернет\p{L}*|земл\p{L}*)$/u;
// „Алина ведёт прогулки“
const ACTS =
  /^\s(?:(?:вам|с вами|вас|сам[аи]?|уже|скоро|сегодня)\s)*\p{L}{2,}(?:ит|[её]т|ят|[ую]т)(?:ся)?(?!\p{L})/iu;

// In English „Kazan“ is „Казань“, and „Monday“ is written like a name. In Russian only names are in Latin letters.
const ENGLISH_WORD = /(?<!\p{L})[a-z]{2,}(?!\p{L})/gu;
const RUSSIAN_WORD = /\p{Script=Cyrillic}{2,}/gu;
const isEnglish = (text: string) =>
  (text.match(ENGLISH_WORD)?.length ?? 0) > (text.match(RUSSIAN_WORD)?.length ?? 0);

const OWN_NAME =
  /(?<!\p{L})(?:меня зовут|мо[её] имя|зовите меня|обращайтесь ко мне|my name is)\s?[—–:-]?\s*(\p{L}{2,})/giu;

// „Я Семён“, but „я Вам“
const I_AM = /(?<!\p{L})[Яя]\s?[—–,-]?\s(\p{Lu}\p{Ll}{2,})/gu;

/** The name that an answer gives itself, where none but the buyer has said it. */
export const unknownOwnNames = ({ answer, known }: { answer: string; known: readonly string[] }): string[] =>
  [...answer.matchAll(OWN_NAME), ...answer.matchAll(I_AM)].flatMap(([, name = '']) =>
    COMMON.test(foldForSearch(name)) || known.some(sameThingAs(foldForSearch(name))) ? [] : [name],
  );

/**
 * Names of persons and places in a text that no known text has: „вам позвонит Алексей“. A word that begins a sentence is
 * a name where no lexicon knows it and something is said to be done by it.
 */
export function unknownNames({ answer, known }: { answer: string; known: readonly string[] }): string[] {
  if (isEnglish(answer)) return [];
  const isKnown = (word: string) =>
    COMMON.test(word) || tellingWords(word).length === 0 || known.some(sameThingAs(word));
  return splitSentences(answer).flatMap((sentence) =>
    [...sentence.matchAll(NAME)].flatMap(({ 0: name, index }) => {
      const word = foldForSearch(name);
      const isFirst = BEGINS.test(sentence.slice(0, index));
      if (isFirst && !ACTS.test(sentence.slice(index + name.length))) return [];
      const isWord =
        VERB.test(word) || ADJECTIVE.test(word) || isLight(word) || defaultLexicon.thingsOf(word).length > 0;
      // „В Питер не доставляем“ claims nothing of it.
      const isName = !(isFirst && isWord) && !isKnown(word) && !isDenied(sentence, name);
      return isName ? [name] : [];
    }),
  );
}
