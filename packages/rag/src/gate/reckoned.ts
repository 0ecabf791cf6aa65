import { type Bounds, isOfMeasure, isSameReach, isWithin, PEOPLE } from './bounds.ts';
import type { Statement } from './statements.ts';
import { isSameWord } from './words.ts';

const TOTAL =
  /(?<!\p{L})(?:итого|всего|вместе|в сумме|сумма|общ\p{L}+|выйд\p{L}+|получ\p{L}+|обойд\p{L}+|состав\p{L}+|это|плюс|=)(?!\p{L})|=/iu;
const COMPARED =
  /(?<!\p{L})(?:дороже|дешевле|разниц\p{L}+|больше|меньше|доплат\p{L}+|с?эконом\p{L}+|выгод\p{L}+|вместо)(?!\p{L})/iu;
const LESS = /скидк|минус|дешевле/iu;
// How much of which measure a price is for, by what stands behind it.
const PERIODS: Record<string, readonly [measure: string, amount: number]> = {
  час: ['minutes', 60],
  сутки: ['minutes', 1_440],
  неделя: ['minutes', 10_080],
  месяц: ['months', 1],
};
const UNIT_KINDS =
  /^(?:minutes|months|grams|millimetres|kilometres|square-metres|cubic-metres|millilitres|watts|people|.)$/u;

const isRub = ({ quantity: { unit } }: Statement) => unit === 'rub';
const amountOf = ({ quantity: { amount = 0 } }: Statement) => amount;
const isSame = (one: number, other: number) => Math.abs(one - other) < 0.5;
const sumOf = (statements: readonly Statement[]) => statements.reduce((sum, each) => sum + amountOf(each), 0);

/** Claims that the sources bear out, and those that they come to: a sum may be one of products. */
export function provenOf({
  judged,
  products,
  question,
}: {
  judged: readonly { claim: Statement; kind: string | undefined }[];
  products: readonly { claim: Statement; price: Statement }[];
  question: string;
}): readonly Statement[] {
  const borneOut = judged.flatMap(({ claim, kind }) =>
    kind === undefined || products.some((product) => product.claim === claim) ? [claim] : [],
  );
  // „2 штуки по 240 ₽ — 480 ₽“: the price of one is part of no sum.
  const ofOne = new Set(products.map(({ price }) => price.quantity.amount));
  return judged.reduce<readonly Statement[]>(
    (proven, { claim }) =>
      !proven.includes(claim) && isReckoned({ claim, proven, ofOne, question }) ? [...proven, claim] : proven,
    borneOut,
  );
}

/** Whether an amount of money is what an answer's own amounts come to: „2 750 ₽ и 700 ₽, вместе 3 450 ₽“. */
function isReckoned({
  claim,
  proven,
  ofOne,
  question,
}: {
  claim: Statement;
  /** Claims that the sources bear out. */
  proven: readonly Statement[];
  /** Amounts that are prices of one, where another amount is that of several. */
  ofOne: ReadonlySet<number | undefined>;
  question: string;
}): boolean {
  if (!isRub(claim)) return false;
  const { text } = claim.sentence;
  const prices = proven.filter((each) => isRub(each) && each.quantity.text !== claim.quantity.text);
  const beside = prices.filter(({ sentence }) => sentence === claim.sentence);
  const amount = amountOf(claim);
  if (
    COMPARED.test(`${text}\n${question}`) &&
    beside.some((one) => beside.some((other) => isSame(amountOf(one) - amountOf(other), amount)))
  )
    return true;
  if (isShare({ claim, beside, proven })) return true;
  if (!TOTAL.test(text)) return false;
  const sums = [beside, prices]
    .flatMap((each) => [each, each.filter(({ quantity }) => !ofOne.has(quantity.amount))])
    .filter(({ length }) => length > 1)
    .map(sumOf);
  const shares = proven
    .filter(({ quantity: { unit }, sentence }) => unit === 'percent' && sentence === claim.sentence)
    .map((share) => 1 + ((LESS.test(text) ? -1 : 1) * amountOf(share)) / 100);
  const shared = beside.flatMap((price) => shares.map((share) => amountOf(price) * share));
  return [...sums, ...shared].some((each) => isSame(each, amount));
}

// „То есть 650 ₽ за одно“
const OF_ONE =
  /(?<!\p{L})(?:за (?:одн|раз|штук|кажд|заняти|посещени|человек|персон|урок)|с (?:человек|кажд|персон|гост)|кажд)/iu;

/** „5 200 ₽ на 8 посещений — по 650 ₽ за одно“: what one comes to of several that cost so much. */
function isShare({
  claim,
  beside,
  proven,
}: {
  claim: Statement;
  beside: readonly Statement[];
  proven: readonly Statement[];
}): boolean {
  if (!OF_ONE.test(claim.sentence.text)) return false;
  const counts = proven.filter(
    ({ quantity: { unit }, sentence, isTerm }) =>
      (unit === undefined || unit === 'pieces') && sentence === claim.sentence && !isTerm,
  );
  return beside.some((price) =>
    counts.some(({ quantity: { number } }) => isSame(amountOf(claim) * Number(number), amountOf(price))),
  );
}

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
            !isDiscounted(count, facts) &&
            isSame(amountOf(price) * timesOf(price, count), amountOf(claim)),
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
function timesOf(price: Statement, { measure, least }: Bounds): number {
  const { period, basis } = price;
  const [ofPeriod, length] = PERIODS[period ?? ''] ?? [];
  if (ofPeriod !== undefined && length !== undefined) return ofPeriod === measure ? least / length : 0;
  if (basis === undefined) return isOfEach(price, measure) ? least : 0;
  const [ofBasis = '', size = '1'] = basis.split(' ');
  if (ofBasis === 'pieces') return UNIT_KINDS.test(measure) ? 0 : least / Number(size);
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
