import { isLight } from '../lexicon/light-words.ts';
import type { Quantity } from './quantities.ts';
import type { Statement } from './statements.ts';

// „10“ is no discount, and no price in dollars, unless somebody says so.
const NAMED_UNITS = new Set<Quantity['unit']>([
  'percent',
  'times',
  'usd',
  'eur',
  'kzt',
  'uah',
  'cny',
  'other-money',
]);

/** The same amount in the same kind of unit; where one side names no unit, the same number. */
export function isSameAmount(claim: Quantity, fact: Quantity): boolean {
  if (fact.unit === undefined && NAMED_UNITS.has(claim.unit)) return false;
  return claim.unit === undefined || fact.unit === undefined
    ? fact.number === claim.number
    : fact.unit === claim.unit && fact.amount === claim.amount;
}

// „Аквариум 60“ weighs no 60 kg: these are never meant where no unit is near.
const ALWAYS_WRITTEN = new Set<Quantity['unit']>([
  'grams',
  'watts',
  'horsepower',
  'milliamp-hours',
  'months',
]);

/** „Navigator 500 — 24 900 ₽“: 500 is what it is called. */
const isModelWithPrice = ({ quantity, sentence, clause }: Statement, facts: readonly Statement[]) =>
  sentence.models.some(({ number }) => number === quantity.number) &&
  facts.some(
    (other) => other.sentence === sentence && other.clause === clause && other.quantity.unit === 'rub',
  );

/** Whether the sources only name something so: „Аквариум 60“. */
export function isOnlyName({
  claim: {
    quantity: { unit },
  },
  fact,
  facts,
}: {
  claim: Statement;
  fact: Statement;
  facts: readonly Statement[];
}): boolean {
  if (fact.quantity.unit !== undefined) return false;
  if (unit === 'rub') return isModelWithPrice(fact, facts);
  if (!ALWAYS_WRITTEN.has(unit)) return false;
  // „Пачки по 250 и 500 г“
  return !facts.some(({ sentence, quantity }) => sentence === fact.sentence && quantity.unit === unit);
}

// „От полутора тысяч доставка бесплатная“
const LEAST_BARE_PRICE = 1_000;
const COUNTED = /^\p{Script=Cyrillic}{3,}$/u;
const SPAN = /^(?:ноч|сут|ден|дн|недел|смен|раз|доз|порц)/u;
/** Whether one counts what the other measures: „20 занятий“ are no 20 days. */
export const isMeasureOfCount = ({ quantity: { unit } }: Statement, { quantity, bounds }: Statement) =>
  unit !== undefined &&
  unit !== 'pieces' &&
  unit !== 'clock' &&
  quantity.unit === undefined &&
  !(unit === 'rub' && Number(quantity.number) >= LEAST_BARE_PRICE) &&
  bounds.some(
    ({ measure, least, most }) =>
      COUNTED.test(measure) &&
      !SPAN.test(measure) &&
      !isLight(measure) &&
      [least, most].map(String).includes(quantity.number),
  );

// „При заказе от 20 000 ₽“: how much is ordered, which is no price of anything.
const ORDERED =
  /(?<!\p{L})(?:при|заказ\p{L}*|покупк\p{L}*|сумм\p{L}*|чек\p{L}*)[^.!?;,\d]{0,20}(?:от|свыше|более|больше|дороже|выше|до|менее|меньше)\s*$/iu;
const OF_ORDER =
  /(?<!\p{L})(?:заказ|покупк|сумм|чек|корзин|бесплатн|порог|минимал|минимум|от|до|свыше|более|больше|дороже|выше|если|при)|(?<![a-z])(?:order|over|above|from|free)/iu;

// Of an amount of the sources, whatever claims it; a base has hundreds of them.
const ordered = new WeakMap<Statement, boolean>();
const isOrdered = (fact: Statement): boolean => {
  const known = ordered.get(fact);
  if (known !== undefined) return known;
  const { text } = fact.sentence;
  const start = text.indexOf(fact.quantity.text);
  const is = start >= 0 && ORDERED.test(text.slice(0, start));
  ordered.set(fact, is);
  return is;
};

/** Whether the sources name an amount only as what is to be ordered, and the claim as a price: „Ок, 20 000 ₽“. */
export const isOnlyOrdered = (claim: Statement, fact: Statement): boolean =>
  fact.quantity.unit === 'rub' && isOrdered(fact) && !OF_ORDER.test(claim.sentence.text);
