import {
  amountOf,
  COMPARED,
  countOf,
  isMoney,
  isSame,
  LEAST_BARE_PRICE,
  LESS,
  pairsOf,
  REST,
  SHARES_NO_SUM,
  sumOf,
  TOTAL,
} from './operands.ts';
import { isOfPriced, timesOf } from './reckoned.ts';
import { isMeasureReckoned } from './reckoned-measures.ts';
import type { Statement } from './statements.ts';
import { isSameWord } from './words.ts';

// „То есть 650 ₽ за одно“, „46 ₽ за килограмм“
const OF_ONE =
  /(?<!\p{L})(?:за (?:од(?:ин|н[ауо])|раз|штук|кажд|заняти|посещени|человек|персон|урок|сеанс|порци|мест|литр|метр|кило|куб|час|сутк|день|ноч)|с (?:человек|кажд|персон|гост)|кажд|оди?н)/iu;
// „Два кресла по 1 200 ₽“, „700 ₽ за каждого“
const OF_EACH = /(?<!\p{L})(?:по \d|за кажд)/iu;
// Whoever answers a buyer reckons with fewer; each is tried with each other.
const MOST_CLAIMS = 50;
const MOST_TIMES = 10_000;

const isPercent = ({ quantity: { unit } }: Statement) => unit === 'percent';

type Judged = { claim: Statement; kind: 'number' | 'misplaced' | undefined };

type Known = {
  /** Claims that the sources bear out, or that have been reckoned. */
  proven: readonly Statement[];
  /** All that the answer says, and what the buyer says. */
  claims: readonly Statement[];
  said: readonly Statement[];
  /** Amounts of what the seller said before. */
  told: readonly Statement[];
  /** Of the sources. */
  facts: readonly Statement[];
  /** Whether a number of the sources could stand in a claim's place. */
  couldStand: (fact: Statement, claim: Statement) => boolean;
  /** Telling words of the buyer's question. */
  asked: readonly string[];
  question: string;
};

/**
 * Claims that the sources bear out, and what those come to: sums, differences, shares, and products with a count. What goes
 * into a result stands in the answer, or is said by the sources of the things that the answer names.
 */
export function provenOf({
  judged,
  products,
  ...known
}: Omit<Known, 'proven' | 'claims'> & {
  judged: readonly Judged[];
  /** Found already: a price of the sources times the buyer's own count. */
  products: readonly { claim: Statement; price: Statement }[];
}): readonly Statement[] {
  const claims = judged.map(({ claim }) => claim);
  // „2 штуки по 240 ₽ — 480 ₽“: the price of one is part of no sum.
  const ofOne = new Set(products.map(({ price }) => price.quantity.amount));
  let proven = judged.flatMap(({ claim, kind }) =>
    kind === undefined || products.some((product) => product.claim === claim) ? [claim] : [],
  );
  if (claims.length > MOST_CLAIMS) return proven;
  for (let before = -1; before < proven.length;) {
    before = proven.length;
    for (const { claim, kind } of judged) {
      if (proven.includes(claim)) continue;
      const factors = reckonedFrom({
        claim,
        isNew: kind === 'number',
        known: { ...known, claims, proven },
        ofOne,
      });
      if (factors !== undefined) proven = [...new Set([...proven, claim, ...factors])];
    }
  }
  return proven;
}

/** What else of the answer is proven with a claim, if it is: the count that it is a product of. */
function reckonedFrom({
  claim,
  isNew,
  known,
  ofOne,
}: {
  claim: Statement;
  /** The sources do not hold the number at all: then they may give what it comes from. */
  isNew: boolean;
  known: Known;
  ofOne: ReadonlySet<number | undefined>;
}): readonly Statement[] | undefined {
  if (!isMoney(claim)) return isMeasureReckoned(claim, known) ? [] : undefined;
  // What has been told before is a price too.
  const prices = [...known.proven, ...known.told].filter(
    (each) => isMoney(each) && amountOf(each) !== amountOf(claim),
  );
  const beside = prices.filter(({ sentence }) => sentence === claim.sentence);
  const count = countFor({ claim, prices, known });
  if (count !== undefined) return count;
  const isProven =
    isPart({ claim, prices, known }) ||
    (isNew && isPart({ claim, prices: known.facts.filter(isMoney), known, isOfSources: true })) ||
    (isNew && isProductOfSources(claim, known)) ||
    isShare({ claim, beside, known }) ||
    isSumOf({ claim, beside, prices, ofOne, known }) ||
    (isNew && isOfSources({ claim, prices, known }));
  return isProven ? [] : undefined;
}

const isHisOrBare = (count: Statement, { said, proven }: Known) =>
  count.quantity.unit === undefined ||
  proven.includes(count) ||
  said.some(
    ({ quantity: { unit, amount } }) => unit === count.quantity.unit && amount === count.quantity.amount,
  );

/** „Шесть тушек по 290 ₽ — 1 740 ₽“: a price that the answer says, times a count beside it or the buyer's. */
function countFor({
  claim,
  prices,
  known,
}: {
  claim: Statement;
  prices: readonly Statement[];
  known: Known;
}): readonly Statement[] | undefined {
  const beside = known.claims.filter(({ sentence }) => sentence === claim.sentence);
  const counts = [...beside, ...known.said].filter((each) => {
    const { unit } = each.quantity;
    return !isMoney(each) && !(unit !== undefined && SHARES_NO_SUM.has(unit)) && isHisOrBare(each, known);
  });
  for (const price of prices)
    for (const count of counts) {
      const times = countOf(count);
      if (!(times > 0 && times !== 1 && times <= MOST_TIMES) || !isOfPriced(price, count)) continue;
      if (isSame(amountOf(price) * times, amountOf(claim)))
        return known.claims.includes(count) ? [count] : [];
    }
  const together = togetherIn(`${claim.sentence.text}\n${known.question}`);
  const isOfSeveral = prices.some((price) =>
    together.some((times) => isSame(amountOf(price) * times, amountOf(claim))),
  );
  return isOfSeveral ? [] : undefined;
}

/** „Два часа комнаты — 3 000 ₽“: a price of the sources times what they, or the buyer, say how much of. */
const isProductOfSources = (claim: Statement, known: Known): boolean => {
  const counts = claim.bounds.filter(
    (count) =>
      !count.isRange &&
      known.proven.some(
        ({ sentence, clause, quantity }) =>
          sentence === claim.sentence && clause === claim.clause && quantity.amount === count.least,
      ),
  );
  return (
    counts.length > 0 &&
    known.facts.some(
      (price) =>
        price.quantity.unit === 'rub' &&
        counts.some((count) => isSame(amountOf(price) * timesOf(price, count), amountOf(claim))) &&
        known.couldStand(price, claim),
    )
  );
};

/** „30 % — это 41 700 ₽“, „со скидкой 20 % — 1 280 ₽“ of a price that the answer says. */
function isPart({
  claim,
  prices,
  known: { proven, couldStand },
  isOfSources: isOfFacts = false,
}: {
  claim: Statement;
  prices: readonly Statement[];
  known: Known;
  /** The prices are those of the sources. */
  isOfSources?: boolean;
}): boolean {
  const { text } = claim.sentence;
  const shares = proven
    .filter((each) => isPercent(each) && each.sentence === claim.sentence)
    .flatMap((share) => {
      const part = amountOf(share) / 100;
      return [part, 1 + (LESS.test(text) ? -part : part)];
    });
  return prices.some(
    (price) =>
      shares.some((share) => isSame(amountOf(price) * share, amountOf(claim))) &&
      (!isOfFacts || couldStand(price, claim)),
  );
}

const TOGETHER: readonly (readonly [pattern: RegExp, count: number])[] = [
  [/(?<!\p{L})(?:вдво[её]м|двое|двоих|об[ае]|обоих|обеих|туда и обратно)(?!\p{L})/iu, 2],
  [/(?<!\p{L})(?:втро[её]м|трое|троих)(?!\p{L})/iu, 3],
  [/(?<!\p{L})(?:вчетвером|четверо|четверых)(?!\p{L})/iu, 4],
  [/(?<!\p{L})(?:впятером|пятеро|пятерых)(?!\p{L})/iu, 5],
];
/** How many „вдвоём“ and „оба“ are. */
const togetherIn = (text: string) =>
  TOGETHER.flatMap(([pattern, count]) => (pattern.test(text) ? [count] : []));

/** „5 200 ₽ на 8 посещений — по 650 ₽ за одно“: what one comes to of several that cost so much. */
function isShare({
  claim,
  beside,
  known: { claims, proven, question },
}: {
  claim: Statement;
  beside: readonly Statement[];
  known: Known;
}): boolean {
  if (!OF_ONE.test(claim.sentence.text) && claim.basis === undefined) return false;
  const counts = claims.filter(
    (each) => each.sentence === claim.sentence && !isMoney(each) && proven.includes(each),
  );
  const times = [...counts.map(countOf), ...togetherIn(`${claim.sentence.text}\n${question}`)];
  return beside.some((price) => times.some((count) => isSame(amountOf(claim) * count, amountOf(price))));
}

const isBareCount = (count: Statement) =>
  count.quantity.unit === undefined && countOf(count) > 1 && countOf(count) < LEAST_BARE_PRICE;

/** „2 750 ₽ и 700 ₽, вместе 3 450 ₽“, „разница 60 ₽“: of prices that the answer says. */
function isSumOf({
  claim,
  beside,
  prices,
  ofOne,
  known: { question, claims, said },
}: {
  claim: Statement;
  beside: readonly Statement[];
  prices: readonly Statement[];
  ofOne: ReadonlySet<number | undefined>;
  known: Known;
}): boolean {
  const { text } = claim.sentence;
  const amount = amountOf(claim);
  const isDifference = ([one, other]: readonly [Statement, Statement]) =>
    isSame(Math.abs(amountOf(one) - amountOf(other)), amount);
  if (
    (COMPARED.test(`${text}\n${question}`) || LESS.test(text) || REST.test(text)) &&
    pairsOf(prices).some(isDifference)
  )
    return true;
  if (!TOTAL.test(text) && !OF_EACH.test(text)) return false;
  const sums = [beside, prices]
    .flatMap((each) => [each, each.filter(({ quantity }) => !ofOne.has(quantity.amount))])
    .filter(({ length }) => length > 1);
  const isSum = [...sums, ...pairsOf(prices)].some((each) => isSame(sumOf(each), amount));
  // „6 000 ₽ плюс 700 ₽ за каждого из двух“
  const counts = [...claims.filter(({ sentence }) => sentence === claim.sentence), ...said].filter(
    isBareCount,
  );
  // „Палатка 500 ₽, два спальника по 200 ₽“: each price times the count of its own clause.
  const timesOfClause = (price: Statement) =>
    claims.filter(
      (each) => each.sentence === price.sentence && each.clause === price.clause && isBareCount(each),
    );
  const weighted = beside.reduce((sum, price) => {
    const [count, ...others] = timesOfClause(price);
    return sum + amountOf(price) * (count === undefined || others.length > 0 ? 1 : countOf(count));
  }, 0);
  if (beside.length > 1 && isSame(weighted, amount)) return true;
  const isWithProduct = beside.some((one) =>
    beside.some(
      (other) =>
        one !== other &&
        counts.some((count) => isSame(amountOf(one) + amountOf(other) * countOf(count), amount)),
    ),
  );
  return (isSum && TOTAL.test(text)) || isWithProduct;
}

/**
 * „С кринолином прокат выйдет 12 800 ₽“: a sum or a difference of two prices of the sources, each named by a word of
 * the claim or the question that the other one lacks; one of them may stand in the answer.
 */
function isOfSources({
  claim,
  prices,
  known: { facts, couldStand, asked, question },
}: {
  claim: Statement;
  prices: readonly Statement[];
  known: Known;
}): boolean {
  const { text, words } = claim.sentence;
  const isLess = COMPARED.test(`${text}\n${question}`) || LESS.test(text);
  const isMore = TOTAL.test(text);
  if (!isLess && !isMore) return false;
  const named = [...words, ...asked].filter((word) => !/\d/.test(word));
  const isIn = (place: Statement, word: string) => place.words.some((each) => isSameWord(each, word));
  const isNamedBeside = (one: Statement, other: Statement) =>
    named.some((word) => isIn(one, word) && !isIn(other, word));
  const isResult = (one: Statement, other: Statement) =>
    (isMore && isSame(amountOf(one) + amountOf(other), amountOf(claim))) ||
    (isLess && isSame(Math.abs(amountOf(one) - amountOf(other)), amountOf(claim)));
  const places = facts.filter(isMoney);
  const isNamed = (place: Statement) => named.some((word) => isIn(place, word));
  return (
    places.some((one, index) =>
      places
        .slice(index + 1)
        .some(
          (other) =>
            isResult(one, other) &&
            isNamedBeside(one, other) &&
            isNamedBeside(other, one) &&
            couldStand(one, claim) &&
            couldStand(other, claim),
        ),
    ) || prices.some((price) => places.some((place) => isResult(place, price) && isNamed(place)))
  );
}
