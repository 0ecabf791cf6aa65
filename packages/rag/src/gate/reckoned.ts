import { type Bounds, isOfMeasure, isSameReach, isWithin, PEOPLE } from './bounds.ts';
import type { Statement } from './statements.ts';
import { isSameWord } from './words.ts';

// How much of which measure a price is for, by what stands behind it.
const PERIODS: Record<string, readonly [measure: string, amount: number]> = {
  час: ['minutes', 60],
  сутки: ['minutes', 1_440],
  неделя: ['minutes', 10_080],
  месяц: ['months', 1],
};
const UNIT_KINDS =
  /^(?:minutes|months|grams|millimetres|kilometres|square-metres|cubic-metres|millilitres|watts|people|.)$/u;
// „30 десятков“ of what costs so much „за десяток“.
const TENS = /^десят/u;

const isRub = ({ quantity: { unit } }: Statement) => unit === 'rub';
const amountOf = ({ quantity: { amount = 0 } }: Statement) => amount;
const isSame = (one: number, other: number) => Math.abs(one - other) < 0.5;

/**
 * The price of one and the buyer's own count that an amount of money is the product of: „3 часа — 4 800 ₽“ of „1 600 ₽ в
 * час“. Such a price must be one that could be said in the amount's place.
 */
export function productsOf({
  claim,
  facts,
  said,
}: {
  claim: Statement;
  facts: readonly Statement[];
  /** Amounts of the buyer's message. */
  said: readonly Bounds[];
}): { price: Statement; count: Bounds }[] {
  if (!isRub(claim) || said.length === 0) return [];
  return facts
    .filter(isRub)
    .flatMap((price) =>
      said
        .filter(
          (count) =>
            !count.isRange &&
            isSame(amountOf(price) * timesOf(price, count), amountOf(claim)) &&
            !isDiscounted(count, facts),
        )
        .map((count) => ({ price, count })),
    );
}

// „От 5 кг скидка 10 %“: seven kilograms cost less than seven times one.
const isDiscounted = (count: Bounds, facts: readonly Statement[]) =>
  facts.some(
    ({ quantity: { unit }, bounds }) =>
      unit === 'percent' &&
      bounds.some((each) => each.isRange && isOfMeasure(each, count) && isWithin(count, each)),
  );

/** How often a count has what a price is for; 0 where it is of something else. */
export function timesOf(price: Statement, { measure, least }: Bounds): number {
  const { period, basis } = price;
  const [ofPeriod, length] = PERIODS[period ?? ''] ?? [];
  if (ofPeriod !== undefined && length !== undefined) return ofPeriod === measure ? least / length : 0;
  if (basis === undefined) return isOfEach(price, measure) ? least : 0;
  const [ofBasis = '', size = '1'] = basis.split(' ');
  if (ofBasis === 'pieces')
    return UNIT_KINDS.test(measure) ? 0 : (least * (TENS.test(measure) ? 10 : 1)) / Number(size);
  if (ofBasis === 'person') return measure === 'people' ? least : 0;
  const isMeasured = ofBasis === measure || (ofBasis === 'millimetres' && measure === 'kilometres');
  return isMeasured ? least / Number(size) : 0;
}

/** „Взрослый: 800 ₽“ is the price of each of two adults; „до 8 детей — 9 000 ₽“ is of all of them. */
const isOfEach = ({ words, sentence, bounds }: Statement, measure: string) =>
  bounds.every((each) => each.measure !== measure) &&
  [...words, ...sentence.words].some((word) =>
    measure === 'people' ? PEOPLE.test(word) : !/\d/.test(word) && isSameWord(word, measure),
  );

/** Whether a claim's amount is one of the counts. */
export const isCount = ({ quantity, bounds }: Statement, counts: readonly Bounds[]) =>
  bounds.some(
    (each) =>
      (each.least === quantity.amount || String(each.least) === quantity.number) &&
      counts.some((count) => isOfMeasure(count, each) && isSameReach(count, each)),
  );

/** Whether a count is one of what a price is for; one that says no unit may be of anything. */
export const isOfPriced = (price: Statement, { quantity: { unit } }: Statement) => {
  const [ofPeriod] = PERIODS[price.period ?? ''] ?? [];
  const measure = ofPeriod ?? price.basis?.split(' ')[0];
  const isMeasured = measure !== undefined && UNIT_KINDS.test(measure);
  return unit === undefined || unit === 'pieces' || !isMeasured || unit === measure;
};
