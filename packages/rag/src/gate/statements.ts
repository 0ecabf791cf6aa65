import { splitSentences } from '../text/sentences.ts';
import { type Bounds, boundsIn, codesWithin } from './bounds.ts';
import { clausesOf } from './clauses.ts';
import { contactsIn } from './contacts.ts';
import { datesIn } from './dates.ts';
import { type Model, modelsIn } from './model-numbers.ts';
import { periodBeside, periodsIn } from './periods.ts';
import { bareTermsIn, bareUnitsIn, type Quantity, quantitiesIn } from './quantities.ts';
import { allDays, daysIn, isOfEveryDay } from './schedule.ts';
import { basisBehind } from './price-basis.ts';
import { cellsOf } from './row-cells.ts';
import { codesIn, dayOf, tellingWords } from './words.ts';

/** A number of a text with the words that say of what it is. */
export type Statement = {
  quantity: Quantity;
  /** The sentence that it stands in; the same for all of its statements. */
  sentence: Sentence;
  /** Of its own clause: „с дисками“ in „Хранение 3 000 ₽, с дисками 3 600 ₽“. */
  words: readonly string[];
  /** „в сутки“, „за месяц“ behind it, „на месяц“ before it. */
  period: string | undefined;
  /** What it is the price of: „за 1 кг“ behind it, as „grams 1000“. */
  basis: string | undefined;
  /** What it holds for: „до 50 м²“. */
  bounds: readonly Bounds[];
  /** Which clause of its sentence. */
  clause: number;
  /** Words of its column, where its sentence is a row of a table. */
  column?: readonly string[] | undefined;
  /** Its clause has no words of its own: they are those of the clause before it. */
  isInherited: boolean;
  /** A bound or a price rather than a count: „до 23“, „1500 в сутки“. */
  isTerm: boolean;
};

type Sentence = {
  text: string;
  words: readonly string[];
  /** „Нерпа 112“, „iPhone 13“ */
  models: readonly Model[];
  /** Of what stands above it: a heading, the question of a pair. */
  about: readonly string[];
  /** Periods that it, or what stands above it, names. */
  periods: readonly string[];
  /** Of its clauses that name no price. */
  bounds: readonly Bounds[];
};

// Looked for at the end of what stands before a number, so not further back.
const TERM_LENGTH = 40;
const TERM_BEFORE = /(?<!\p{L})(?:до|с|от|по|за|через|стоит|цена)\s*$/iu;

/** The numbers of a text, sentence by sentence; `above`: what all of it is about, such as its heading. */
export function statementsIn(
  cleaned: string,
  { above = '', isClaim = false }: { above?: string; isClaim?: boolean } = {},
): Statement[] {
  const about = tellingWords(above);
  const sentences = splitSentences(cleaned);
  return (isClaim ? sentences.flatMap(claimsOf) : sentences).flatMap((text) => {
    const { rest } = datesIn(contactsIn(text).rest);
    const cells = isClaim ? undefined : cellsOf(rest);
    const clauses = (cells ?? clausesOf(rest)).map((part, place) => ({
      ...part,
      quantities: [
        // A number that begins a later clause numbers no list.
        ...quantitiesIn(place === 0 ? part.clause : `; ${part.clause}`),
        ...(isClaim ? bareTermsIn(part.clause) : bareUnitsIn(part.clause)),
      ],
      bounds: boundsIn(part.clause),
    }));
    const named = daysIn(rest);
    // „Ежедневно с 9 до 21, в воскресенье до 18“: beside a few days that are named it is of the others.
    const others = allDays.filter((day) => named.size > MOST_EXCEPTIONS || !named.has(day)).map(dayOf);
    const wordsOf: string[][] = [];
    const inherited: boolean[] = [];
    for (const { clause, head, quantities, bounds } of clauses) {
      const words = [...new Set([...wordsBeside(clause, quantities), ...bounds.flatMap(codesWithin)])];
      // „собаки (до 10 кг) — 800 ₽“: an amount that names nothing is of what stands before it.
      const own = words.length > 0 || cells ? words : before({ wordsOf, clauses, head });
      inherited.push(words.length === 0 && own.length > 0);
      wordsOf.push(isOfEveryDay(clause) ? [...own, ...others] : own);
    }
    // What of a row names no price says what the prices are of.
    const names = cells === undefined ? [] : wordsOf.filter((_, place) => !isMoney(clauses[place])).flat();
    const wordsAt = (place: number, isPrice: boolean) =>
      isPrice && names.length > 0
        ? [...new Set([...(wordsOf[place] ?? []), ...names])]
        : (wordsOf[place] ?? []);
    const periods = periodsIn(`${above}\n${text}`);
    const bounds = clauses.flatMap((clause) => (isPriced(clause) ? [] : clause.bounds));
    const models = modelsIn(text);
    const sentence = { text, words: [...new Set(wordsOf.flat())], models, about, periods, bounds };
    return clauses.flatMap(({ clause, quantities, column }, place) =>
      quantities.map((quantity) => {
        const isPrice = quantity.unit === 'rub';
        const period = periodBeside(clause, quantity) ?? (isPrice ? column?.period : undefined);
        const basis = period === undefined ? basisBehind(clause, quantity) : undefined;
        const start = Math.max(0, lastPlaceOf(quantity.text, clause));
        const isTerm =
          period !== undefined || TERM_BEFORE.test(clause.slice(Math.max(0, start - TERM_LENGTH), start));
        return {
          quantity,
          sentence,
          words: wordsAt(place, isPrice),
          clause: place,
          column: column?.words,
          isInherited: inherited[place] ?? false,
          period,
          basis,
          bounds: boundsAt(clauses, place),
          isTerm,
        };
      }),
    );
  });
}

/**
 * „Двусторонний (шахматка) — 3 900 ₽“: what stands before an amount, back to what has one of its own; behind a bracket all
 * of what stands in it, and what it is behind.
 */
function before({
  wordsOf,
  clauses,
  head,
}: {
  wordsOf: readonly string[][];
  clauses: readonly Clause[];
  head: number | undefined;
}): string[] {
  const last = wordsOf.length - 1;
  if (head !== undefined && !clauses.slice(head, last + 1).some(isPriced))
    return [...new Set(wordsOf.slice(head).flat())];
  const isAside = clauses[last]?.quantities.length === 0;
  return [...new Set([...(wordsOf[last] ?? []), ...(isAside ? (wordsOf[last - 1] ?? []) : [])])];
}

/** Where a number stands last; the 2 of „два по 200“ stands in no 200. */
function lastPlaceOf(number: string, clause: string): number {
  let place = clause.lastIndexOf(number);
  while (place > 0 && /\d/.test(`${clause[place - 1]}${clause[place + number.length]}`))
    place = clause.lastIndexOf(number, place - 1);
  return place;
}

// „Весь комплект брать не нужно: один наушник — 7 500 ₽“ says no price of the set.
const NOT_SO = /^[^:\d]*(?<!\p{L})(?:не|нет)(?!\p{L})[^:\d]*:\s+/iu;
/** What a sentence of an answer says one beside the other: a term before a semicolon is none of a price behind it. */
const claimsOf = (sentence: string) => sentence.split(/;\s+/u).map((part) => part.replace(NOT_SO, ''));

/** With more days than these named, they are a timetable of their own. */
const MOST_EXCEPTIONS = 2;

type Clause = { quantities: readonly Quantity[]; bounds: readonly Bounds[] };
const isMoney = (clause: Clause | undefined) =>
  clause?.quantities.some(({ unit }) => unit === 'rub') === true;
const isPriced = ({ quantities }: Pick<Clause, 'quantities'>) =>
  quantities.some(({ unit }) => unit === 'rub' || unit === 'percent');

/** „Собаки (до 10 кг) — 800 ₽“, „3 000 ₽ (до 50 м²)“: bounds may stand in a clause of their own, before the price or behind it. */
function boundsAt(clauses: readonly Clause[], place: number): readonly Bounds[] {
  const [before, own, behind] = [clauses[place - 1], clauses[place], clauses[place + 1]];
  const apart = [before, behind].find(
    (each) => each !== undefined && !isPriced(each) && each.bounds.length > 0,
  );
  return own === undefined || own.bounds.length > 0 || !isPriced(own)
    ? (own?.bounds ?? [])
    : (apart?.bounds ?? []);
}

// „Без замка — 9 500 ₽“, „вне сезона“ is none of what has one.
const WITHOUT = /(?<!\p{L})(?:без|вне)\s+(?=\p{L}{3})(\p{L}+)/giu;

/** The clause's words without its own amounts; a number without a unit may be a name („размер 42“) and stays. */
function wordsBeside(clause: string, quantities: readonly Quantity[]): string[] {
  const amounts = new Set(
    quantities
      .map(({ text, unit }) => ({ unit, digits: text.match(/\d+/gu) ?? [] }))
      .filter(({ unit, digits }) => unit !== undefined || digits.length > 1)
      .flatMap(({ digits }) => digits),
  );
  // „пн–пт“ speaks of Wednesday too.
  const words = [
    ...new Set([...tellingWords(clause.replaceAll(WITHOUT, 'без$1')), ...[...daysIn(clause)].map(dayOf)]),
  ];
  const codes = new Set(codesIn(words));
  return words.filter((word) => codes.has(word) || !amounts.has(word));
}
