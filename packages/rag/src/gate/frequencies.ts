import { splitSentences } from '../text/sentences.ts';
import { numeralsToFigures } from './numerals.ts';
import { isDenied } from './promises.ts';
import { sameThingAs } from './same-thing.ts';
import { tellingWords } from './words.ts';

/** How often a sentence says that something is done, as „1 неделя“; with what it says it of. */
export type Frequency = { text: string; every: string; words: readonly string[] };

const UNIT = 'час|утро|вечер|ночь|ноч|день|дня|дней|сутк|недел|месяц|квартал|сезон|полгода|год|лет';
const TIMES = new RegExp(
  String.raw`(?<!\p{L})(?:(\d+)\s)?(раза?|дважды|трижды)\s(?:в|за)\s(?:(\d+)\s)?(?:кажд\p{L}+\s)?(${UNIT})\p{L}*`,
  'giu',
);
const TIMES_ALONE = /(?<!\p{L})(\d+) раза?(?!\p{L}|\s(?:в|за)\s)/giu;
const EACH = new RegExp(String.raw`(?<!\p{L})кажд(?:ый|ую|ое|ые|ого|ой)\s(?:(\d+)\s)?(${UNIT})\p{L}*`, 'giu');
const EVERY = /(?<!\p{L})еже(часн|дневн|нощн|суточн|недельн|месячн|квартальн|годн)\p{L}*/giu;
// A rate of a price, and hours, which are read as such elsewhere.
const RATE_BEFORE = /(?:₽|руб\p{L}*\.?|р\.|%)\s*$/iu;
const OPENING =
  /(?<!\p{L})(?:работа|открыт|принима|отвеча|жд[её]м|доступн|график|режим)\p{L}*|\d{1,2}:\d{2}|(?<!\p{L})с \d{1,2} (?:\p{L}+ )?до \d{1,2}(?!\d)/iu;

const nameOf = (unit: string) => {
  const stem = unit.toLowerCase();
  if (/^(?:утр|вечер|ноч|ден|дн|сут|нощн)/u.test(stem)) return 'день';
  return (
    ['час', 'недел', 'меся', 'год'].find((name) => stem.startsWith(name)) ?? stem.replace(/^лет/u, 'год')
  );
};
const TIMES_WORDED: Record<string, number> = { дважды: 2, трижды: 3 };

export function frequenciesIn(cleaned: string, above = ''): Frequency[] {
  return splitSentences(cleaned).flatMap((given) => {
    const sentence = numeralsToFigures(given);
    if (!/раз|кажд|еже|дважды|трижды/iu.test(sentence) || OPENING.test(sentence)) return [];
    const found = [
      ...[...sentence.matchAll(TIMES)].map(
        ({ 0: text, 1: count, 2: word = '', 3: span, 4: unit = '', index }) => {
          const times = Number(count ?? TIMES_WORDED[word.toLowerCase()] ?? 1);
          return { text, index, every: `${times}/${span ?? 1} ${nameOf(unit)}` };
        },
      ),
      ...[...sentence.matchAll(EACH)].map(({ 0: text, 1: span, 2: unit = '', index }) => {
        return { text, index, every: `1/${span ?? 1} ${nameOf(unit)}` };
      }),
      ...[...sentence.matchAll(EVERY)].map(({ 0: text, 1: unit = '', index }) => {
        return { text, index, every: `1/1 ${nameOf(unit)}` };
      }),
    ];
    // „Два раза в неделю — 4 800 ₽, три раза — 6 300 ₽“
    const [, span] = found[0]?.every.split('/') ?? [];
    const elliptical = [...sentence.matchAll(TIMES_ALONE)].flatMap(({ 0: text, 1: count, index }) =>
      span === undefined ? [] : [{ text, index, every: `${count}/${span}` }],
    );
    const words = tellingWords(`${above}\n${sentence}`);
    return [...found, ...elliptical]
      .filter(({ text, index }) => !RATE_BEFORE.test(sentence.slice(0, index)) && !isDenied(sentence, text))
      .map(({ text, every }) => ({ text, every, words }));
  });
}

/** How often an answer says that something is done, where no source says so of anything that it names. */
export function unknownFrequencies({
  answer,
  facts,
}: {
  answer: string;
  facts: readonly Frequency[];
}): string[] {
  return frequenciesIn(answer).flatMap(({ text, every, words }) => {
    const known = facts.filter((fact) => fact.every === every);
    const isOfSame = known.some((fact) => words.some((word) => fact.words.some(sameThingAs(word))));
    return isOfSame || (known.length > 0 && words.length === 0) ? [] : [text];
  });
}
