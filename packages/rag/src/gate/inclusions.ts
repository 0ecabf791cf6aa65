import { isLight } from '../lexicon/light-words.ts';
import { splitSentences } from '../text/sentences.ts';
import type { Ground } from './read-ground.ts';
import { isDenied, named } from './promises.ts';
import { sameThingAs } from './same-thing.ts';
import { isThing } from './unknown-things.ts';
import { isSameWord, tellingWords } from './words.ts';

// „Уголь входит“, „дрова, веники и уголь — всё включено“
const INCLUDED =
  /(?<!\p{L})(?:(?:вход(?:ит|ят)|войд(?:[её]т|ут))(?! в (?:размер|диапазон|интервал|ряд|предел|рамк|границ|числ))|включ[её]н\p{L}*|вс[её] включено|ид[её]т в комплекте|идут в комплекте|в комплекте|в подарок|дарим|подарим|прилага(?:ется|ются))(?!\p{L})/iu;
// What sources say so with, and with what else they give.
const GIVEN =
  /(?<!\p{L})(?:вход(?:ит|ят)|включ|комплект|бесплатн|даром|(?:в )?подар|дарим|выда[её]|да[её]м|вместе|прилага|предоставля|за (?:наш|свой) сч[её]т|уже есть)/iu;
// „Цена с деталью“, „с доставкой и монтажом“
const WITH =
  /(?<!\p{L})(?:с|со|включая|плюс)\s+(\p{L}+\s+и\s+\p{L}+|(?:\p{L}+(?:ой|ым|ыми|ими|им)\s+)?\p{L}+)/giu;
const PRICED =
  /\d\s?(?:₽|руб|р\.|тыс)|(?<!\p{L})не (?:вход|включ)|отдельно|за доплату|(?:привоз|бер|возьм|захват)\p{L}* сво|сво\p{L}{1,2} (?:привоз|бер|возьм|захват)/iu;
const BOUND = /(?<!\p{L})(?:от|до|свыше) \d[\d ]*(?:₽|руб|р\.|тыс)/giu;
const NOT = /(?<!\p{L})(?:не|нет|без|бюджет)(?!\p{L})/iu;
const CLAUSE = /[,;:()—–\n]|\s(?:но|а|зато)\s/u;
// „Коробка — 700 ₽“ is one.
const PRICED_CLAUSE = /[,;:()\n]|\s(?:но|а|зато)\s/u;
// „Входит в аренду“ names what it is part of.
const PART_OF =
  /(?<!\p{L})(?:в|во|к|ко|для|на|с|со|при|по|из|от|до|без)\s+(?:\p{L}+(?:ый|ую|ой|ом|ые|их|ых|ого)\s+)?\p{L}+/giu;
const OF_PRICE = /^(?:стоимост|цен|комплект|подар|пакет|всё|все|услуг)/u;
const LONGEST_ITEM = 3;

// „Если сеанс состоится, 1 000 ₽ входят“
const CASE = /^\s*(?:если|при|когда)(?!\p{L})/iu;

const itemsIn = (clause: string) =>
  tellingWords(clause.replaceAll(PART_OF, ' ').replace(INCLUDED, ' ')).filter(
    (word) => isThing(word) && !isLight(word) && !OF_PRICE.test(word),
  );

const BESIDE = new RegExp(
  String.raw`(\p{L}{3,})\s+${INCLUDED.source}|${INCLUDED.source}\s+(\p{L}{3,})`,
  'giu',
);
/** „Шлем в подарок“: goods that no lexicon knows, next to the words that give them. */
const besideIncluded = (sentence: string): string[] =>
  [...sentence.matchAll(BESIDE)].flatMap(({ 0: found, 1: before = '', 2: behind = '' }) =>
    isDenied(sentence, found) ? [] : tellingWords(`${before} ${behind}`),
  );

/** What a sentence says to be part of a price: of the clause, and of the list that it ends. */
function includedIn(sentence: string): string[] {
  const clauses = sentence.split(CLAUSE);
  const place = clauses.findIndex((clause) => INCLUDED.test(clause));
  if (place < 0 || NOT.test(clauses[place] ?? '') || isDenied(sentence, INCLUDED.exec(sentence)?.[0] ?? ''))
    return [];
  const before = clauses.slice(0, place).toReversed();
  const end = before.findIndex(
    (clause) =>
      /\d/.test(clause) ||
      CASE.test(clause) ||
      NOT.test(clause) ||
      tellingWords(clause).length > LONGEST_ITEM ||
      itemsIn(clause).length === 0,
  );
  const listed = end < 0 ? before : before.slice(0, end);
  return [clauses[place] ?? '', ...listed].flatMap(itemsIn);
}

/** What a source gives without a price of its own, and what it takes money for. */
export type Given = { given: readonly string[]; sold: readonly string[] };

export function givenIn({ text, about }: { text: string; about: string }): Given {
  const clauses = splitSentences(named(text)).flatMap((sentence) => {
    const gives = GIVEN.test(`${about}\n${sentence}`);
    return sentence
      .split(PRICED_CLAUSE)
      .map((clause) => ({ clause, gives, isSold: PRICED.test(clause.replaceAll(BOUND, '')) }));
  });
  const wordsOf = (some: readonly { clause: string }[]) => some.flatMap(({ clause }) => tellingWords(clause));
  const alongWith = [...text.matchAll(WITH)].flatMap(([, word = '']) => tellingWords(word));
  return {
    given: [...wordsOf(clauses.filter(({ gives, isSold }) => gives && !isSold)), ...alongWith],
    sold: wordsOf(clauses.filter(({ isSold }) => isSold)),
  };
}

/** Things that an answer says to be included, which no source gives: it sells them, or has no word of them. */
export function unprovenInclusions({
  sentences,
  grounds,
}: {
  sentences: readonly string[];
  grounds: readonly Ground[];
}): string[] {
  const claimed = sentences.flatMap((sentence) => includedIn(named(sentence)));
  const given = grounds.flatMap((ground) => ground.given.given);
  const sold = grounds.flatMap((ground) => ground.given.sold);
  const isIn = (words: readonly string[], item: string) => words.some((word) => isSameWord(word, item));
  const beside = sentences.flatMap(besideIncluded).filter((word) => isIn(sold, word));
  const items = [...new Set([...claimed, ...beside])];
  return items.filter((item) => {
    if (isIn(given, item)) return false;
    if (isIn(sold, item)) return true;
    // A box is packing, but one may be sold and the other given.
    const isItem = sameThingAs(item);
    return !given.some(isItem) && (sold.some(isItem) || !grounds.some(({ words }) => words.some(isItem)));
  });
}
