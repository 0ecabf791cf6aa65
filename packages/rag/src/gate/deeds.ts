import { isLight } from '../lexicon/light-words.ts';
import { foldForSearch } from '../text/normalize.ts';
import { isDenied } from './promises.ts';
import { sameThingAs } from './same-thing.ts';
import { tellingWords } from './words.ts';

// „Повесим“, „нарисуем“: done by us. A vowel before the ending makes it what is usual („отвечаем“), „у“ does not.
const DEED = /(?<!\p{L})\p{L}{2,}(?<![аяеиАЯЕИ])(?:им|[её]м)(?!\p{L})/giu;
// „Нашим“, „детским“, „рублём“, „затем“ end alike.
const NO_VERB =
  /(?:[кгх]им|[юящау]щим|(?:вш|льш|чш|[джтшч]н)им|телем|руб?лем|цем|ищем|днем|путем|дождем|зат?ем)$/u;
// „Курьер установит и украсит“
const STAFF =
  /(?<!\p{L})(?:мастер(?!ск)|курьер|тренер|менеджер|администратор|специалист|инженер|художни|сотрудник|водител|бригад|консультант|оператор|инструктор|няня|грузчик|монтажник|замерщик|врач|повар|дизайнер|флорист|электрик|сантехник)/iu;
const THEIR_DEED = /(?<!\p{L})\p{L}{3,}(?:ит|[её]т|ят|[ую]т)(?:ся)?(?!\p{L})/giu;
const OUR_VERB = /(?<!\p{L})\p{L}{2,}(?:[её]м|им)$/iu;
/** Whether a word says what we do, once or as a rule. */
export const isOurDeed = (word: string) =>
  OUR_VERB.test(word) && !NO_VERB.test(word.toLowerCase()) && !COURTESY.test(word.toLowerCase());
// What any seller may say that he will do.
const COURTESY =
  /^(?:прим|напомн|учт|постара|попроб|обсуд|разбер|посовет|порекоменд|проконсульт|подбер|созда|выполн|изготов)/u;
// „Проводим“, „ставим“, „печём“ say what is usual: a deed to come is „проведём“, „поставим“, „испечём“.
const USUAL = /(?:вод|воз|нос|ход)им$|^(?:ставим|строим|сушим|учим|шь[её]м)$/u;
const PREFIX = /^(?:пере|подо|под|раз|рас|при|про|вос|воз|вы|до|за|из|ис|на|об|от|по|со|с|у)(?=\p{L}{3})/u;
const ENDING = /(?:(?:у?ем|им)|(?:[ие]т|[уюя]т)(?:ся)?)$/u;
const SHORTEST_ROOT = 3;

/** Deeds that an answer announces and that no word of its sources is of: „повесим и закрепим“. */
export function unknownDeeds({
  sentences,
  known,
}: {
  sentences: readonly string[];
  known: readonly string[];
}): string[] {
  return sentences.flatMap((sentence) =>
    [...sentence.matchAll(DEED), ...(STAFF.test(sentence) ? sentence.matchAll(THEIR_DEED) : [])].flatMap(
      ([verb]) => {
        const word = foldForSearch(verb);
        const isUsual = OUR_VERB.test(word) && (!PREFIX.test(word) || USUAL.test(word));
        const isDeed = !isUsual && !NO_VERB.test(word) && !COURTESY.test(word) && !isLight(word);
        if (!isDeed || tellingWords(word).length === 0 || isDenied(sentence, verb)) return [];
        return isSaidOf(word, known) ? [] : [verb];
      },
    ),
  );
}

// „Положим“ is done once what „кладём“ is as a rule.
const OTHER_ROOTS: readonly (readonly [RegExp, RegExp])[] = [
  [/^(?:по|в|у|на|до|при|вы)лож/u, /^(?:в|у|на|до|при|вы)?клад/u],
  [/^возьм/u, /^бер/u],
];

/** „Почистим“ is said by „чистка“, „привезём“ by „доставка“. A root too short to tell proves nothing. */
function isSaidOf(word: string, known: readonly string[]): boolean {
  const stem = word.replace(PREFIX, '').replace(ENDING, '');
  // The last sound changes: „пишем“, „подпись“.
  const root = stem.slice(0, Math.max(SHORTEST_ROOT, stem.length - 1));
  if (root.length < SHORTEST_ROOT) return true;
  // „Запишем“ is said by „записываемся“.
  const beginning = word.replace(ENDING, '').slice(0, -1);
  const isSame = sameThingAs(word);
  const otherRoot = OTHER_ROOTS.find(([once]) => once.test(word))?.[1];
  return known.some(
    (other) =>
      isSame(other) ||
      otherRoot?.test(other) ||
      other.startsWith(root) ||
      (beginning.length > SHORTEST_ROOT && other.startsWith(beginning)) ||
      other.replace(PREFIX, '').startsWith(root),
  );
}
