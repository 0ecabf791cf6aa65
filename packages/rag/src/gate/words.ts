import { withoutFillers } from '../retrieval/filler-words.ts';
import { cleanText, foldedWords } from '../text/normalize.ts';

// What every price and term is said with, so that it tells none from another.
const GENERIC =
  /^(?:цен\p{L}*|стои\p{L}*|обойд\p{L}*|составля\p{L}*|состав(?:ит|ят)|плат(?:а|у|ы|ить|ится|ите|им)|заплат\p{L}*|оплат(?:а|ы|у)|сумм\p{L}*|руб\p{L}*|р|тыс\p{L}*|процент\p{L}*|шт|штук\p{L}*|час(?:а|ов|ам|у|е|ы)?|мин(?:ут\p{L}*)?|дн(?:я|ей|ям|ях|и)|ден[ьё]|сут(?:ки|ок)|недел\p{L}*|месяц\p{L}*|мес|год(?:а|у|ом)?|лет|лета|(?:милли|санти|кило)?метр(?:а|ов|ы|ам|ах|ами|е)?|(?:милли)?литр\p{L}*|(?:кило)?грамм\p{L}*|градус\p{L}*|тонн\p{L}*|кубометр\p{L}*|куб(?:а|ов|ам|е)?|м[23]|см|мм|м|кг|г|л|мл|км|кв|гб|от|для|на|из|или|при|без|под|над|об|про|это|он|она|они|его|ее|их|всё|все|всего|итого|каждый|каждая|каждые|один|одна|одно|одной|четвер(?:о|ых|ым)|около|более|менее|больше|меньше|нее|него|которы\p{L}*|тогда|тоже|только|еще|так|то|что|мы|нас|вам|вас|ваш\p{L}*|наш\p{L}*|вопрос|ответ|no|к|ко|во|со|через|сожалени\p{L}*|поэтому|потому|следовательно|итак|увы|полтор[аы]|полутора|срок\p{L}*|ул|улица|дом|дополнительн\p{L}*|работа(?:ем|ет|ют)|открыт(?!к|ок)\p{L}*|вне|зато)$/u;

// „сб“, „субботу“ and „по субботам“ are one word.
const DAYS: readonly (readonly [RegExp, string])[] = [
  [/^(?:понедельник\p{L}*|пн)$/u, 'понедельник'],
  [/^(?:вторник\p{L}*|вт)$/u, 'вторник'],
  [/^(?:сред(?:а|у|ы|ам|е)|ср)$/u, 'среда'],
  [/^(?:четверг\p{L}*|чт)$/u, 'четверг'],
  [/^(?:пятниц\p{L}*|пт)$/u, 'пятница'],
  [/^(?:суббот\p{L}*|сб)$/u, 'суббота'],
  [/^(?:воскресен\p{L}*|вс)$/u, 'воскресенье'],
];
export const dayOf = (word: string) => DAYS.find(([pattern]) => pattern.test(word))?.[1] ?? word;

// „40 Вт“ is no Tuesday.
const WATTS = /(?<=\d\s?)вт(?!\p{L})/giu;

/** The words of a text that tell one statement from another: names, goods, acts, codes („r17“) and bare numbers. */
export function tellingWords(text: string): string[] {
  const words =
    cleanText(text)
      .toLowerCase()
      .replaceAll('ё', 'е')
      .replaceAll(WATTS, ' ')
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  return withoutFillers(words.map(dayOf)).filter((word) => !GENERIC.test(word));
}

/** With names in several parts as they stand too: „Wi-Fi“. */
export const allNamesIn = (text: string): string[] => [
  ...tellingWords(text),
  ...foldedWords(text).filter((word) => word.includes('-')),
];

const DAY_NAMES = new Set(DAYS.map(([, name]) => name));
const DAY_SHAPED = /^(?:будн\p{L}*|выходн\p{L}*|ежедневн\p{L}*|круглосуточн\p{L}*|\d+)$/u;

const daysAmong = (words: readonly string[]) => words.filter((word) => DAY_NAMES.has(word));
export const isOfDays = (words: readonly string[]) => daysAmong(words).length > 0;

/** Whether both sides name days of the week, and no common one. */
export function isOtherDay(one: readonly string[], other: readonly string[]): boolean {
  const [days, others] = [daysAmong(one), daysAmong(other)];
  return days.length > 0 && others.length > 0 && !days.some((day) => others.includes(day));
}

/** Without days of the week and numbers: what a timetable is of. */
export const withoutDays = (words: readonly string[]) =>
  words.filter((word) => !DAY_NAMES.has(word) && !DAY_SHAPED.test(word));

const SHORTEST_ROOT = 4;
const ROOT_SHARE = 0.65;

// „кошек“ is of „кошка“, „щенок“ of „щенка“.
const FLEETING = /(?<=[бвгджзйклмнпрстфхцчшщ])[еоё](?=[бвгджзйклмнпрстфхцчшщ]$)/u;
const firm = (word: string) => word.replace(FLEETING, '');

/** Whether two words are forms of one: by their common beginning. Numbers and codes must be equal. */
export function isSameWord(one: string, other: string): boolean {
  // Every word of an answer is compared with every word of its sources.
  if (one[0] !== other[0]) return false;
  return beginAlike(one, other) || areOneBeginning(firm(one), firm(other));
}

const areOneBeginning = (one: string, other: string) =>
  one.length <= other.length ? isBeginning(one, other) : isBeginning(other, one);

// „Стульев“ is of „стул“, „столами“ of „стол“.
const LONG_ENDING = /^(?:ьев|ьям|ьях|ьями|ами|ями)$/u;
const isBeginning = (short: string, long: string) =>
  short.length >= SHORTEST_ROOT &&
  long.startsWith(short) &&
  (long.length <= short.length + 2 || LONG_ENDING.test(long.slice(short.length)));

function beginAlike(one: string, other: string): boolean {
  if (one === other) return true;
  if (/\d/.test(one) || /\d/.test(other)) return false;
  const shorter = Math.min(one.length, other.length);
  let root = 0;
  while (root < shorter && one[root] === other[root]) root += 1;
  if (shorter <= SHORTEST_ROOT) return root >= 3 && Math.max(one.length, other.length) <= shorter + 2;
  return (
    root >= SHORTEST_ROOT && root >= ROOT_SHARE * shorter && root >= Math.max(one.length, other.length) / 2
  );
}

// „R16“, „А3“, „XL2“: letters with a number after them name one of several of a kind.
const CODE = /^(\p{L}{1,3})\d{1,4}$/u;

export const codesIn = (words: readonly string[]) => words.filter((word) => CODE.test(word));
const kindOfCode = (code: string) => CODE.exec(code)?.[1];

/** Whether one side names one of a kind and the other another of the same kind: „R16“ and „R18“. */
export function isOtherCode(one: readonly string[], other: readonly string[]): boolean {
  return codesIn(one).some((code) => {
    const rivals = codesIn(other).filter((each) => kindOfCode(each) === kindOfCode(code));
    return rivals.length > 0 && !rivals.includes(code);
  });
}
