import { latinNumerals } from './latin-numerals.ts';
import { WORDED_AMOUNTS } from './worded-amounts.ts';

// Numerals as they are spelled in any case: „пятьсот“, „двумя“, „полутора“. Whole words only.
const NUMERALS: readonly (readonly [pattern: string, value: number])[] = [
  ['одиннадцат(?:ь|и|ью)', 11],
  ['двенадцат(?:ь|и|ью)', 12],
  ['тринадцат(?:ь|и|ью)', 13],
  ['четырнадцат(?:ь|и|ью)', 14],
  ['пятнадцат(?:ь|и|ью)', 15],
  ['шестнадцат(?:ь|и|ью)', 16],
  ['семнадцат(?:ь|и|ью)', 17],
  ['восемнадцат(?:ь|и|ью)', 18],
  ['девятнадцат(?:ь|и|ью)', 19],
  ['двадцат(?:ь|и|ью)', 20],
  ['тридцат(?:ь|и|ью)', 30],
  ['сорока?', 40],
  ['пят(?:ь|и|ью)десят(?:и|ью)?', 50],
  ['шест(?:ь|и|ью)десят(?:и|ью)?', 60],
  ['сем(?:ь|и|ью)десят(?:и|ью)?', 70],
  ['вос(?:емь|ьми|емью|ьмью)десят(?:и|ью)?', 80],
  ['девяност[оа]', 90],
  ['ст[оа]', 100],
  ['дв(?:ести|ухсот|умстам|умястами|ухстах)', 200],
  ['тр(?:иста|[её]хсот|[её]мстам|емястами|[её]хстах)', 300],
  ['четыр(?:еста|[её]хсот|[её]мстам|ьмястами|[её]хстах)', 400],
  ['пят(?:ьсот|исот|истам|ьюстами|истах)', 500],
  ['шест(?:ьсот|исот|истам|ьюстами|истах)', 600],
  ['сем(?:ьсот|исот|истам|ьюстами|истах)', 700],
  ['вос(?:емьсот|ьмисот|ьмистам|емьюстами|ьмистах)', 800],
  ['девят(?:ьсот|исот|истам|ьюстами|истах)', 900],
  ['од(?:ин|на|но|ного|ной|ному|ним|ном|ну)', 1],
  ['дв(?:а|е|ух|ум|умя|ое|оих)', 2],
  ['тр(?:и|[её]х|[её]м|емя|ое|оих)', 3],
  ['четыр(?:е|[её]х|[её]м|ьмя)|четвер(?:о|ых)', 4],
  ['пят(?:ь|и|ью|еро|ерых)', 5],
  ['шест(?:ь|и|ью|еро|ерых)', 6],
  ['сем(?:ь|и|ью|еро|ерых)', 7],
  ['вос(?:емь|ьми|емью|ьмью)|восьмер(?:о|ых)', 8],
  ['девят(?:ь|и|ью|еро|ерых)', 9],
  ['десят(?:ь|и|ью|еро|ерых)', 10],
  ['полтор(?:а|ы)|полутора', 1.5],
  ['нол(?:ь|я|ю)|нул(?:ь|я|ю)', 0],
  ['сот(?:ня|ню|ни|не|ней|ен|ням)', 100],
  ['полтинник(?:а|и|ов)?', 50],
  ['полсотни', 50],
  ['сотк(?:а|у|и)', 100],
  ['полторашк(?:а|у|и)', 1_500],
  ['тр[её]шк(?:а|у)', 3],
  ['пят[её]рк(?:а|у)', 5],
  ['десят(?:к|очк)(?:а|у)', 10],
  ['чирик(?:а|ов|и)?', 10],
  ['черво(?:нец|нца|нцев|нцы)', 10],
  ['четвертак(?:а|ов|и)?', 25],
  ['двенаш(?:к|ечк)(?:а|у|и)', 12],
  ['пятнаш(?:к|ечк)(?:а|у|и)', 15],
  ['шестнаш(?:к|ечк)(?:а|у|и)', 16],
  ['семнаш(?:к|ечк)(?:а|у|и)', 17],
  ['восемнаш(?:к|ечк)(?:а|у|и)', 18],
  ['девятнаш(?:к|ечк)(?:а|у|и)', 19],
  ['двадцат(?:к|очк)(?:а|у)', 20],
  ['тридцат(?:к|очк)(?:а|у)', 30],
  ['полтос(?:а|ов|ы)?', 50],
  ['стольник(?:а|ов|и)?', 100],
  ['лям(?:а|ов)?', 1_000_000],
  ['пятихат(?:ка|ку|ки|ок)', 500],
  ['косар(?:ь|я|ей|ик(?:а|ов|и)?)|тыщ(?:а|у|и|[её]нк(?:а|у|и)|онк(?:а|у|и))?', 1_000],
  ['дюжин(?:а|у|ы)', 12],
  ['тысяч(?:а|и|у|е|ей|ам|ами|ах)?', 1_000],
  ['миллион(?:а|у|ом|ов|ы|ам|ами|ах)?', 1_000_000],
];

// „половина восьмого“, „полвосьмого“: half an hour before the hour.
const HALF_HOUR =
  /(?<!\p{L})(?:половин\p{L}\s+|пол)(перв|втор|треть|четв[её]рт|пят|шест|седьм|восьм|девят|десят|одиннадцат|двенадцат)(?:ого|его)(?:\s+(вечера|дня))?(?!\p{L})/giu;
const HOURS = [
  'перв',
  'втор',
  'трет',
  'четв',
  'пят',
  'шест',
  'седьм',
  'восьм',
  'девят',
  'десят',
  'одиннадцат',
  'двенадцат',
];

function halfHour(_: string, hour: string, part: string | undefined): string {
  const before = HOURS.findIndex((stem) => hour.toLowerCase().startsWith(stem));
  return `${part === undefined || before === 0 ? before || 12 : before + 12}:30`;
}

// „10 вечера“, „десяти часов вечера“: on a clock of 24 hours.
const EVENING =
  /(?<![\d.,:])(\d{1,2})((?::\d{2})?)\s*(?:(?:час(?:а|ов)?|ч\.?)?\s*(?:вечера|пополудни)|час(?:а|ов)? дня)(?!\p{L})/giu;

// „шести утра“
const MORNING = /(?<![\d.,:])(\d{1,2})((?::\d{2})?)\s*(?:час(?:а|ов)?|ч\.?)?\s*(?:утра|ночи)(?!\p{L})/giu;

/** Times of the evening as the clock has them. */
const eveningHours = (text: string) =>
  text.replaceAll(EVENING, (found: string, hour: string, minutes: string) =>
    Number(hour) < 12 ? `${Number(hour) + 12}${minutes === '' ? ':00' : minutes}` : found,
  );

// „Час двадцать“, but „в час 20“
const HOUR_AND = /(?<!\p{L}|\d\s|(?<!\p{L})в\s)час (\d{2})(?: минут\p{L}*)?(?=\s*(?:[.,;)!]|$))/giu;

const compiled = NUMERALS.map(([pattern, value]) => ({
  pattern: new RegExp(`^(?:${pattern})$`, 'iu'),
  value,
}));
const ANY = `(?<!\\p{L})(?:${NUMERALS.map(([pattern]) => pattern).join('|')})(?!\\p{L})`;
const NUMERAL = new RegExp(`^${ANY}$`, 'iu');
// After a figure „тысяч“ and „миллионов“ are units, and are read there.
const SPELLED = new RegExp(`(?<!\\d\\s?)${ANY}(?:[\\s-]+${ANY})*`, 'giu');

// „один рубль“, „за один день“: with a measure behind it it counts.
const MEASURED = /^\s+(?:руб|₽|процент|%|день|дня|час|недел|месяц|год|сут)/iu;

const NOTES =
  /(?<!\p{L})(\p{L}+)\s+(сот(?:ни|ен)|чирик(?:а|ов)|черво(?:нца|нцев)|стольник(?:а|ов)|полтос(?:а|ов)|полтинник(?:а|ов)|пятихат(?:ки|ок))(?!\p{L})/giu;
/** „пять сотен“, „два чирика“ */
const notes = (found: string, count: string, note: string) => {
  const value = valueOf(count);
  return value > 1 && value < 10 ? String(value * valueOf(note)) : found;
};

// The same sentences and clauses are read for amounts, bounds and terms.
const KEPT = 1_000;
const kept = new Map<string, string>();

/** „две тысячи пятьсот рублей“ → „2500 рублей“: spelled-out numbers as figures, so that one reader serves both. */
export function numeralsToFigures(text: string): string {
  const known = kept.get(text);
  if (known !== undefined) return known;
  const figures = read(text);
  const [oldest] = kept.keys();
  if (kept.size >= KEPT && oldest !== undefined) kept.delete(oldest);
  kept.set(text, figures);
  return figures;
}

function read(text: string): string {
  const russian = latinNumerals(text, (word) => NUMERAL.test(word));
  const halved = WORDED_AMOUNTS.reduce(
    (rest, [pattern, meaning]) => rest.replaceAll(pattern, meaning),
    russian,
  );
  const clocked = halved.replaceAll(HALF_HOUR, halfHour).replaceAll(NOTES, notes);
  const figures = clocked
    .replaceAll(AND_A_HALF, andAHalf)
    .replaceAll(SPELLED, (found, offset: number, whole: string) => {
      const words = found.split(/[\s-]+/);
      // „один из нас“, „одна и та же“: alone it counts nothing that a buyer could hold anybody to.
      const isMeasured = MEASURED.test(whole.slice(offset + found.length));
      if (words.length === 1 && found.toLowerCase().startsWith('од') && !isMeasured) return found;
      const isBeforeFigure = /^ \d/u.test(whole.slice(offset + found.length));
      // „Сверх шести 700 ₽“ are two numbers.
      return `${readNumbers(words).join(' ')}${isBeforeFigure ? ',' : ''}`;
    });
  return eveningHours(
    figures.replaceAll(HOUR_AND, (_, minutes: string) => `${60 + Number(minutes)} минут`),
  ).replaceAll(MORNING, (_, hour: string, minutes: string) => `${hour}${minutes === '' ? ':00' : minutes}`);
}

const AND_A_HALF = new RegExp(`(${ANY}|(?<![\\d.,])\\d+) с половиной(?!\\p{L})`, 'giu');
const andAHalf = (_: string, count: string) => `${/^\d/.test(count) ? count : valueOf(count)}.5`;

const valueOf = (word: string) => compiled.find(({ pattern }) => pattern.test(word))?.value ?? 0;

/** Consecutive numerals as one number as long as each continues the one before it: „двадцать пять“, but „два, три“. */
function readNumbers(words: readonly string[]): number[] {
  const numbers: number[] = [];
  let sum = 0;
  let group: number | undefined;
  // What may still be added to the group: after „двести“ anything below 100, after „двадцать“ below 10.
  let room = Infinity;
  const finish = () => {
    if (group !== undefined || sum > 0) numbers.push(sum + (group ?? 0));
    sum = 0;
    group = undefined;
    room = Infinity;
  };
  for (const value of words.map(valueOf)) {
    if (value >= 1_000) {
      sum += (group ?? 1) * value;
      group = undefined;
      room = 1_000;
      continue;
    }
    if (group !== undefined && value >= room) finish();
    group = (group ?? 0) + value;
    room = roomAfter(value);
  }
  finish();
  return numbers;
}

function roomAfter(value: number): number {
  if (value >= 100) return 100;
  return value >= 20 ? 10 : 0;
}
