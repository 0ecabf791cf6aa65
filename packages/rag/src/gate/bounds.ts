import { numeralsToFigures } from './numerals.ts';
import { readMeasure, type UnitKind } from './units.ts';
import { isSameWord } from './words.ts';

/** How much of something a clause speaks of: „до 4 человек“, „от 10 до 25 км“, „R16–R17“; a bare amount bounds itself. */
export type Bounds = {
  /** A kind of unit, „people“, the letter of a code, or the thing counted. */
  measure: string;
  /** In the base unit. */
  least: number;
  most: number;
  /** „До“ and „от“, as against a bare amount. */
  isRange: boolean;
};

// „Шестеро“, „на троих“, „нас 12“ count people; „трое суток“ do not.
const TOGETHER =
  /(?<!\p{L})(?:дв(?:ое|оих|оим)|тр(?:ое|оих|оим)|(?:четв|пят|шест|сем|восьм|девят|десят)ер(?:о|ых|ым))(?!\p{L})(?!\s+(?:сут|дн|ноч|саней))/giu;
const OF_US = /(?<!\p{L})(?:нас|вас)(?: будет)?\s\d+(?!\s?[\p{L}\d:.,–-])/giu;
export const PEOPLE =
  /^(?:чел(?:\.|овек\p{L}*)?|гост\p{L}+|персон\p{L}*|взросл\p{L}+|дет(?:ей|ям)|реб[её]н\p{L}+|пассажир\p{L}*|участник\p{L}*)$/iu;

const NUMBER = /(?<![\p{L}\d.,])(?:([a-zр])-?)?(\d{1,3}(?:\s\d{3})+(?!\d)|\d+(?:[.,]\d+)?)(?![\d:])/giu;
const COUNTED = /^(?:-?(?:ти|ми|х)(?!\p{L}))?\s?(\p{L}{3,})/u;
const NOT_MORE = /(?<!\p{L})не (?:более|больше|дальше|старше|выше|дольше)\s*$/iu;
const FROM =
  /(?<!\p{L})(?:от|с|свыше|более|больше|дальше|дольше|старше|выше|тяжелее|начиная (?:от|с)|не менее|не меньше|после|минимум)\s*$/iu;
const AND_MORE = /^\s?(?:\+|(?:и|или) (?:более|больше|выше|дальше|старше|дольше)(?!\p{L}))/iu;
const UP_TO = /(?<!\p{L})(?:до|по|менее|меньше|максимум|легче|младше|короче|ниже)\s*$/iu;
// „При −12“: how cold it is, which grows the other way.
const BELOW_ZERO = /(?:(?<!\p{L})минус\s|(?<=^|\s)[-−–])$/iu;
const BELOW = /(?<!\p{L})(?:ниже|холоднее)\s*$/iu;
const BETWEEN = /^\s?(?:[–—-]|до|по)\s?$/iu;
const MONEY = new Set<UnitKind>(['rub', 'usd', 'eur', 'kzt', 'uah', 'cny', 'percent', 'times']);
const KILOMETRE = 1_000_000;

// What bounds an amount stands next to it.
const NEAR = 60;

type Amount = { measure: string | undefined; value: number; scale: number; start: number; end: number };

/** Of one clause of cleaned text, without its money and shares. */
export function boundsIn(clause: string): Bounds[] {
  const text = numeralsToFigures(
    clause.replaceAll(TOGETHER, '$& человек').replaceAll(OF_US, '$& человек'),
  ).replaceAll(/(?<= человек)(?: человек)+/gu, '');
  const amounts = [...text.matchAll(NUMBER)].flatMap((match) => readAmount(text, match));
  const read: Bounds[] = [];
  for (let place = 0; place < amounts.length; place += 1) {
    const [amount, next] = amounts.slice(place, place + 2);
    if (amount === undefined) continue;
    if (next?.measure !== undefined && BETWEEN.test(text.slice(amount.end, next.start))) {
      const least = amount.measure === undefined ? amount.value * next.scale : amount.value;
      // „5 человек — 3 часа“ are two amounts.
      if ((amount.measure ?? next.measure) === next.measure && least <= next.value) {
        read.push({ measure: next.measure, least, most: next.value, isRange: true });
        place += 1;
        continue;
      }
    }
    const { measure, value, start, end } = amount;
    if (measure === undefined) continue;
    const before = text.slice(Math.max(0, start - NEAR), start);
    read.push({ measure, ...reachOf({ before, value, behind: text.slice(end) }) });
  }
  return read;
}

function reachOf({ before: given, value, behind }: { before: string; value: number; behind: string }) {
  const before = given.replace(BELOW_ZERO, '');
  if (before !== given && BELOW.test(before)) return { least: value, most: Infinity, isRange: true };
  if (NOT_MORE.test(before)) return { least: 0, most: value, isRange: true };
  if (FROM.test(before) || AND_MORE.test(behind)) return { least: value, most: Infinity, isRange: true };
  if (UP_TO.test(before)) return { least: 0, most: value, isRange: true };
  return { least: value, most: value, isRange: false };
}

function readAmount(text: string, match: RegExpExecArray): Amount[] {
  const { 0: found, 1: code, 2: digits = '', index } = match;
  const end = index + found.length;
  const behind = text.slice(end);
  const value = Number(digits.replaceAll(/\s/g, '').replace(',', '.'));
  const at = { start: index, end };
  if (code !== undefined) return [{ ...at, measure: code.toLowerCase().replace('р', 'r'), value, scale: 1 }];
  const { unit, factor, length } = readMeasure(behind);
  if (unit === undefined && BELOW_ZERO.test(text.slice(Math.max(0, index - NEAR), index)))
    return [{ ...at, measure: 'degrees', value, scale: 1 }];
  if (unit !== undefined) {
    if (MONEY.has(unit.kind)) return [];
    const scale = factor * unit.factor;
    const isFar = unit.kind === 'millimetres' && unit.factor === KILOMETRE;
    const measure = isFar ? 'kilometres' : unit.kind;
    return [{ start: index, end: end + length, measure, value: value * scale, scale }];
  }
  const [counted = '', thing] = COUNTED.exec(behind) ?? [];
  if (thing === undefined) return [{ ...at, measure: undefined, value, scale: 1 }];
  const measure = PEOPLE.test(thing) ? 'people' : thing.toLowerCase();
  return [{ start: index, end: end + counted.length, measure, value, scale: 1 }];
}

export const isOfMeasure = (one: Bounds, other: Bounds) =>
  one.measure === other.measure || isSameWord(one.measure, other.measure);
export const isWithin = (one: Bounds, other: Bounds) => one.least >= other.least && one.most <= other.most;
export const isSameReach = (one: Bounds, other: Bounds) =>
  one.least === other.least && one.most === other.most;

const MOST_CODES = 20;
/** „R13–R15“ names R14 too. */
export const codesWithin = ({ measure, least, most }: Bounds): string[] =>
  measure.length === 1 && most - least < MOST_CODES
    ? Array.from({ length: most - least + 1 }, (_, step) => `${measure}${least + step}`)
    : [];
