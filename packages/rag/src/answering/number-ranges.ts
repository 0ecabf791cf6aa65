import { numeralsToFigures } from '../gate/numerals.ts';

/** „41–47“ says all numbers in between; „до 47“ those below. */
export type NumberRange = { from: number; to: number };

const NUMBER = String.raw`(\d{1,3}(?:[ \u00A0\u202F]\d{3})+|\d{1,6})`;
const MINUTES = String.raw`(?::\d\d)?`;
/** A telephone, a date, a code go on. */
const BEFORE = String.raw`(?<![\d.,:/+№-]|\d[ \u00A0])`;
const AFTER = String.raw`(?![\d/]|[-–—]\s?\d|[.,:]\d)`;
const RANGES: readonly RegExp[] = [
  new RegExp(`${BEFORE}${NUMBER}${MINUTES}${String.raw`\s?[-–—−]\s?`}${NUMBER}${MINUTES}${AFTER}`, 'gu'),
  new RegExp(
    String.raw`(?<!\p{L})(?:от|с)\s+${NUMBER}${MINUTES}(?:\s\p{L}{1,6}\.?)?\s+(?:до|по)\s+${NUMBER}${MINUTES}${AFTER}`,
    'giu',
  ),
];

/** „от 7 ночей“, „до 10 кг“: a rule for the numbers beyond. */
const FROM = new RegExp(String.raw`(?<!\p{L})(?:от|старше|свыше|больше|более)\s+${NUMBER}${AFTER}`, 'giu');
const UP_TO = new RegExp(String.raw`(?<!\p{L})(?:до|младше|меньше|менее)\s+${NUMBER}${AFTER}`, 'giu');
const FIGURE = /(?<![\d.,:])\d{1,6}(?![\d.,:])/gu;

/** The ranges of numbers that a text names, and its numbers where it has them in words: „трёх“ is a 3. */
export function numberRanges(text: string): NumberRange[] {
  const figures = numeralsToFigures(text);
  const both = RANGES.flatMap((pattern) => [...figures.matchAll(pattern)]);
  // „от 158 до 188“ is no rule for 190.
  const rest = RANGES.reduce((left, pattern) => left.replaceAll(pattern, ' '), figures);
  const spelled = figures === text ? [] : [...figures.matchAll(FIGURE)];
  return [
    ...both.map(([, from = '', to = '']) => ({ from: valueOf(from), to: valueOf(to) })),
    ...[...rest.matchAll(FROM)].map(([, from = '']) => ({ from: valueOf(from), to: Infinity })),
    ...[...rest.matchAll(UP_TO)].map(([, to = '']) => ({ from: 0, to: valueOf(to) })),
    ...spelled.map(([figure]) => ({ from: Number(figure), to: Number(figure) })),
  ].filter(({ from, to }) => from <= to);
}

const valueOf = (digits: string) => Number(digits.replaceAll(/\s/gu, ''));

/** Whether a folded word is a number of one of the ranges. */
export function isInRange(ranges: readonly NumberRange[], word: string): boolean {
  if (ranges.length === 0) return false;
  const value = numberOf(word);
  return value !== undefined && ranges.some(({ from, to }) => from <= value && value <= to);
}

// A question's words are compared with every sentence that was found.
const MOST_REMEMBERED = 10_000;
const remembered = new Map<string, number | undefined>();

function numberOf(word: string): number | undefined {
  if (remembered.has(word)) return remembered.get(word);
  if (remembered.size >= MOST_REMEMBERED) remembered.clear();
  const value = Number(/^\d+$/.test(word) ? word : numeralsToFigures(word));
  const found = Number.isNaN(value) ? undefined : value;
  remembered.set(word, found);
  return found;
}
