import { numeralsToFigures } from './numerals.ts';
import type { Quantity } from './quantities.ts';
import type { Statement } from './statements.ts';
import { readMeasure } from './units.ts';

const BEHIND =
  /^\s*(?:(?:за|\/)\s*(?:кажд\p{L}+\s+)?|с\s+(?=кажд|человек|персон|гост|взросл|реб[её]н|участник)(?:кажд\p{L}+\s+)?)(\d{1,3}(?: \d{3})+|\d+(?:[.,]\d+)?)?\s*(?=\p{L})/iu;
// What is sold at once, and by what it is counted. Of two or ten pieces only those say a price who say it of so many.
const COUNTED: readonly (readonly [word: RegExp, basis: string])[] = [
  [/^(?:пар[уы]|об[ае]|обоих)(?!\p{L})/iu, 'pieces 2'],
  [/^(?:двойку|двоих)(?!\p{L})/iu, 'pieces 2'],
  [/^(?:тройку|троих)(?!\p{L})/iu, 'pieces 3'],
  [/^пят[её]рку(?!\p{L})/iu, 'pieces 5'],
  [/^десят(?:ок|ку)(?!\p{L})/iu, 'pieces 10'],
  [/^вс[её](?!\p{L})/iu, 'all'],
  [/^(?:комплект|набор|сет(?!\p{L}))/iu, 'set'],
  [/^(?:упаковк|пачк|короб|ящик|мешо?к|рулон|поддон|палет|блок(?!\p{L})|банк|бутыл|ведро|пакет)/iu, 'pack'],
  [/^(?:человек|персон|гост|взросл|реб[её]н|участник)/iu, 'person'],
  [/^(?:компани|групп|команд|семь)/iu, 'group'],
  [/^(?:заняти|урок|сеанс|тренировк|посещени|визит|при[её]м(?!\p{L}))/iu, 'visit'],
];

// „Цена за м³: 5 400 ₽“, as rows of tables are told.
const IN_HEAD = /(?<!\p{L})за\s(\d+(?:[.,]\d+)?)?\s*(\p{L}+[23]?):\s*$/iu;

/** What a price is of, by the words behind it: „за 250 г“, „за пару“, „за человека“; or by the head of its column. */
export function basisBehind(clause: string, { text, unit }: Quantity): string | undefined {
  if (unit !== 'rub') return undefined;
  const figures = numeralsToFigures(clause);
  const start = figures.lastIndexOf(text);
  if (start < 0) return undefined;
  const behind = figures.slice(start + text.length);
  const found = BEHIND.exec(behind);
  const head = found === null ? IN_HEAD.exec(figures.slice(0, start)) : null;
  if (found === null && head === null) return undefined;
  const rest = found === null ? (head?.[2] ?? '') : behind.slice(found[0].length);
  const { unit: measure } = readMeasure(rest);
  const count = Number(((found ?? head)?.[1] ?? '1').replaceAll(' ', '').replace(',', '.'));
  if (measure !== undefined) return `${measure.kind} ${count * measure.factor}`;
  return count === 1 ? COUNTED.find(([word]) => word.test(rest))?.[1] : undefined;
}

/** „1 900 ₽ с человека, 3 часа“: how long what is paid for lasts, in a clause without a price. */
const isLasting = (claimed: string, fact: Statement, facts: readonly Statement[]) =>
  (fact.basis === 'person' || fact.basis === 'group' || fact.basis === 'visit') &&
  facts.some(
    ({ sentence, clause, quantity: { unit, amount } }) =>
      sentence === fact.sentence &&
      clause > fact.clause &&
      `${unit} ${amount}` === claimed &&
      !facts.some(
        (other) =>
          other.sentence === sentence &&
          other.clause === clause &&
          other.quantity.unit === fact.quantity.unit,
      ),
  );

const MANY = /^pieces (?!1$)/u;
/**
 * How long a season is, sources leave open, and often what a price is of; never that it is that of several, nor where
 * another price behind it is the one of that much: „выезд 900 ₽, за город 25 ₽ за километр“, but „монтаж 500 ₽ за метр, в
 * бетон 700 ₽“.
 */
export const isOfBasis = (claimed: string, fact: Statement, facts: readonly Statement[]) =>
  fact.basis === claimed ||
  isLasting(claimed, fact, facts) ||
  (fact.basis === undefined &&
    !MANY.test(claimed) &&
    (fact.period === undefined || fact.period === 'сезон') &&
    !facts.some(
      ({ sentence, basis, clause }) =>
        sentence === fact.sentence && basis === claimed && clause > fact.clause,
    ));
