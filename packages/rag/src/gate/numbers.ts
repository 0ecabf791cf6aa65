import { provenOf } from './arithmetic.ts';
import { type Bounds, boundsIn, isOfMeasure } from './bounds.ts';
import { isInDays, isOfSomethingElse, isTime } from './attribution.ts';
import type { GateProblem } from './gate.ts';
import { isHisWithin, mayBeRepeated } from './his-numbers.ts';
import { isOfOtherModel, namedModels } from './model-numbers.ts';
import { numeralsToFigures } from './numerals.ts';
import { isOfBasis } from './price-basis.ts';
import { isPricedPeriod } from './priced-periods.ts';
import type { Quantity } from './quantities.ts';
import { amountOf, isMoney } from './operands.ts';
import { isCount, productsOf } from './reckoned.ts';
import type { Ground } from './read-ground.ts';
import { type Statement, statementsIn } from './statements.ts';
import { isHisWithinTier, otherTiers } from './tiers.ts';
import { isMeasureOfCount, isOnlyName, isOnlyOrdered, isSameAmount } from './same-amount.ts';
import { isThing } from './unknown-things.ts';
import { isSameWord, tellingWords } from './words.ts';

// Each number is held against each of the sources: nobody is told hundreds of them in one message, nor asks so.
const MOST_CLAIMS = 250;
const MOST_BOUNDS = 50;
const MOST_PRICES = 50;

/** Numbers of an answer that its sources do not hold, or hold of something else. Texts are cleaned. */
export function numberProblems({
  answer,
  grounds,
  question,
  before = [],
  told = [],
}: {
  answer: string;
  grounds: readonly Ground[];
  question: string;
  /** What has been said in the chat before. */
  before?: readonly string[];
  /** What of it we said. */
  told?: readonly string[];
}): { problems: GateProblem[]; checked: number } {
  const facts = grounds.flatMap(({ statements }) => statements);
  const said = statementsIn(question);
  // „На 3 часа“ asks for nothing that has a 3 in it.
  const measured = new Set(
    said.flatMap(({ quantity: { unit, number } }) => (unit === undefined ? [] : [number])),
  );
  const asked = tellingWords(question).filter((word) => !measured.has(word));
  const vocabulary = [
    ...new Set([...grounds.flatMap(({ words }) => words), ...facts.flatMap(({ words }) => words)]),
  ];
  const claims = statementsIn(answer, { isClaim: true });
  if (claims.length > MOST_CLAIMS) return { problems: [{ kind: 'too-long' }], checked: claims.length };
  // „Хочу 3 кг“ holds for „сколько выйдет?“ too, until he counts anew.
  const bounds = countedBy(question, before);
  const models = namedModels(question);
  const kindOf = (claim: Statement) =>
    problemOf({
      claim,
      beside: claims.filter((other) => isBeside(claim, other)),
      isOnlyOne: isAlone(claim, claims),
      facts,
      vocabulary,
      asked,
      bounds,
      models,
    });
  const judged = claims.map((claim) => ({ claim, kind: kindOf(claim) }));
  const products = judged.flatMap(({ claim, kind }) =>
    (kind === undefined ? [] : productsOf({ claim, facts, said: bounds }))
      .filter(
        ({ price: { quantity, period, basis } }) =>
          kindOf({ ...claim, quantity, period, basis }) === undefined,
      )
      .map(({ price, count }) => ({ claim, price, count })),
  );
  const counts = products.map(({ count }) => count);
  const his = judged.every(({ kind }) => kind === undefined)
    ? []
    : [...said, ...[...before, ...told].flatMap((text) => statementsIn(text))];
  const priced = his.length === 0 ? [] : lastPrices(told);
  const couldStand = ({ quantity, period, basis }: Statement, claim: Statement) =>
    kindOf({ ...claim, quantity, period, basis }) === undefined;
  const proven = provenOf({ judged, products, said: his, told: priced, facts, couldStand, asked, question });
  const seen = new Map<string, GateProblem>();
  for (const { claim, kind } of judged) {
    if (kind === undefined || mayBeRepeated({ claim, said: his, grounds })) continue;
    if (isHisWithinTier({ claim, beside: claims, facts, said: bounds }) || isCount(claim, counts)) continue;
    if (isPricedPeriod(claim, facts)) continue;
    if (isListCount(claim) || isSaidAgain(claim, judged)) continue;
    if (proven.includes(claim) || isHisWithin({ claim, said: his, proven })) continue;
    const value = claim.quantity.text;
    seen.set(`${kind} ${value}`, { kind, value });
  }
  return { problems: [...seen.values()], checked: claims.length };
}

/** Each amount of money once, the last ones: each is added to each other. */
function lastPrices(texts: readonly string[]): Statement[] {
  const prices = texts.flatMap((text) => statementsIn(text)).filter(isMoney);
  return [...new Map(prices.map((price) => [amountOf(price), price])).values()].slice(-MOST_PRICES);
}

/** The buyer's counts: of his question, and of each measure that it does not name the one named last. */
function countedBy(question: string, before: readonly string[]): readonly Bounds[] {
  const asked = boundsIn(question).slice(0, MOST_BOUNDS);
  return before
    .toReversed()
    .reduce<readonly Bounds[]>(
      (known, text) =>
        [
          ...known,
          ...boundsIn(text).filter((each) => !known.some((other) => isOfMeasure(other, each))),
        ].slice(0, MOST_BOUNDS),
      asked,
    );
}

// „С 9:00 до 19:00, в субботу до 17:00“: for „в субботу с 9:00 до 17:00“ the closing is no other opening. „Камеру и покрышку —
// от 450 и от 1 900 ₽“ says both of both.
const isBeside = (claim: Statement, other: Statement) =>
  (claim.quantity.unit === 'clock' || claim.quantity.unit === 'rub') &&
  other.quantity.unit === claim.quantity.unit &&
  other.sentence === claim.sentence &&
  other.clause === claim.clause;

function problemOf({
  claim,
  beside,
  isOnlyOne,
  facts,
  vocabulary,
  asked,
  bounds,
  models,
}: {
  claim: Statement;
  /** Times, or prices, that the claim's own clause names. */
  beside: readonly Statement[];
  isOnlyOne: boolean;
  facts: readonly Statement[];
  vocabulary: readonly string[];
  /** What the question has: words, what it bounds, what it names by a number. */
  asked: readonly string[];
  bounds: readonly Bounds[];
  models: ReturnType<typeof namedModels>;
}): 'number' | 'misplaced' | undefined {
  const own = facts.filter(
    (fact) =>
      isSameAmount(claim.quantity, fact.quantity) &&
      !isOnlyName({ claim, fact, facts }) &&
      !isOnlyOrdered(claim, fact) &&
      !isMeasureOfCount(claim, fact) &&
      !isMeasureOfCount(fact, claim),
  );
  const isRelated = relatedTo({ claim, vocabulary, asked });
  const isElsewhere = isOfOtherModel({ claim, asked: models });
  const near = own.filter((fact) => (isOfOneKind(claim, fact) || isRelated(fact)) && !isElsewhere(fact));
  if (near.length === 0) return own.length === 0 ? 'number' : 'misplaced';
  const unit = unitOf(claim, near);
  if (unit === undefined) return undefined;
  const { period } = claim;
  const ofPeriod = near.filter(
    (fact) =>
      period === undefined ||
      fact.period === period ||
      (!fact.period && fact.sentence.periods.includes(period)),
  );
  if (ofPeriod.length === 0 && PERIODICAL.has(unit)) return 'misplaced';
  // „420 ₽ за 250 г“ is no price of a kilogram, nor „800 ₽ в сутки“ one of ten days.
  const { basis: claimed } = claim;
  if (claimed !== undefined && !near.some((fact) => isOfBasis(claimed, fact, facts))) return 'misplaced';
  if (period !== undefined && near.every(({ basis }) => basis !== undefined)) return 'misplaced';
  const isOfOtherTier = otherTiers({ claim, own: near, facts, asked: bounds });
  if (near.every(isOfOtherTier)) return 'misplaced';
  const amounts = new Set([...near, ...beside].map(({ quantity }) => quantity.amount));
  const rivals = facts.filter(
    (fact) =>
      (fact.quantity.unit === unit || isOfOneMeasure(fact.quantity, claim.quantity)) &&
      !amounts.has(fact.quantity.amount) &&
      !isOfOtherTier(fact) &&
      // „2 900 ₽ в сутки“ is no other answer to what a month costs.
      (period === undefined || fact.period === undefined || fact.period === period),
  );
  if (
    INSTEAD.test(claim.sentence.text.slice(0, Math.max(0, claim.sentence.text.indexOf(claim.quantity.text))))
  )
    return undefined;
  return isOfSomethingElse({ claim, own: near, rivals, vocabulary, asked, isAlone: isOnlyOne })
    ? 'misplaced'
    : undefined;
}

/** „…, поэтому будет 10 %“ of what the answer has said of its thing before. */
const isSaidAgain = (claim: Statement, judged: readonly { claim: Statement; kind: string | undefined }[]) =>
  !claim.words.some(isThing) &&
  judged.some(
    (other) =>
      other.kind === undefined &&
      other.claim.sentence !== claim.sentence &&
      isOfOneKind(claim, other.claim) &&
      isSameAmount(claim.quantity, other.claim.quantity),
  );

// „В двух цветах: бежевый и мятный“
const LISTED = /^[^:.!?]*?:\s*(.+)$/su;
const LIST_BORDER = /[;,]\s+(?:и\s+|а также\s+)?|\s(?:и|или|а также)\s/u;

/** Whether a claim counts what its own sentence lists. */
function isListCount({ quantity: { text, number, unit }, sentence }: Statement): boolean {
  if (unit !== undefined) return false;
  const figures = numeralsToFigures(sentence.text);
  const [, list] = LISTED.exec(figures.slice(Math.max(0, figures.indexOf(text)))) ?? [];
  return list !== undefined && list.split(LIST_BORDER).length === Number(number);
}

/** Whether a sentence says one amount of a claim's kind; what holds for how long is often said in bare words. */
const isAlone = (claim: Statement, claims: readonly Statement[]) =>
  claim.quantity.unit !== undefined &&
  !isTime(claim.quantity) &&
  !claims.some(
    (other) =>
      other.sentence === claim.sentence &&
      other.clause !== claim.clause &&
      (other.quantity.unit === undefined || isOfOneKind(claim, other)),
  );

// „1 280 ₽ вместо 1 600 ₽“: of the other one.
const INSTEAD = /(?<!\p{L})(?:вместо|против)\s*$/iu;

/** „14 дней“ and „12 месяцев“ are counted apart, and answer one question. */
const isOfOneMeasure = (one: Quantity, other: Quantity) => isInDays(one) && isInDays(other);

const MONEY = new Set<Quantity['unit']>(['rub', 'usd', 'eur', 'kzt', 'uah', 'cny', 'other-money', 'percent']);
const PERIODICAL = MONEY;
/** A claim without a unit is of the kind that the sources give the number. */
function unitOf({ quantity }: Statement, own: readonly Statement[]): Quantity['unit'] {
  const units = new Set(own.map((fact) => fact.quantity.unit));
  return quantity.unit ?? (units.size === 1 ? [...units][0] : undefined);
}

const isOfOneKind = (claim: Statement, fact: Statement) =>
  claim.quantity.unit !== undefined && claim.quantity.unit === fact.quantity.unit;

const BARE_NUMBER = /^\d+$/u;

/**
 * Where a unit is missing, the number alone proves little: „17“ is a house, an hour and a wheel. The words around it must
 * meet; where neither the claim nor the question has a word of the sources, nothing can.
 */
function relatedTo({
  claim,
  vocabulary,
  asked,
}: {
  claim: Statement;
  vocabulary: readonly string[];
  asked: readonly string[];
}): (fact: Statement) => boolean {
  const words = [...claim.sentence.words, ...asked].filter((word) => !BARE_NUMBER.test(word));
  const isIn = (list: readonly string[], word: string) => list.some((each) => isSameWord(each, word));
  const known = words.filter((word) => isIn(vocabulary, word));
  const mayBeAny = known.length === 0 && claim.quantity.unit === undefined;
  return ({ sentence }) =>
    mayBeAny || known.some((word) => isIn(sentence.words, word) || isIn(sentence.about, word));
}
