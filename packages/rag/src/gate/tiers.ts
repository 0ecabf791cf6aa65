import { type Bounds, isOfMeasure, isSameReach, isWithin } from './bounds.ts';
import type { Statement } from './statements.ts';
import { isSameWord } from './words.ts';

/**
 * Tells the places of the sources that are of another tier than a claim's price: „до 50 м² — 3 000 ₽, до 100 м² — 5 000 ₽“
 * is two of them. The claim speaks of what its clause, else its sentence, else the buyer names.
 */
export function otherTiers({
  claim,
  own,
  facts,
  asked,
}: {
  claim: Statement;
  /** Where the sources say the price. */
  own: readonly Statement[];
  facts: readonly Statement[];
  /** Of the question. */
  asked: readonly Bounds[];
}): (place: Statement) => boolean {
  if (!isPrice(claim) || own.every(({ bounds }) => bounds.length === 0)) return () => false;
  const meant = [claim.bounds, claim.sentence.bounds, asked].find((each) =>
    each.some((bounds) => own.some((fact) => reachesOf(fact, bounds).length > 0)),
  );
  const all = [...(meant ?? []), ...(COMPARED.test(claim.sentence.text) ? asked : [])];
  // Of two sizes, one cannot tell which one is meant.
  const single = all.filter(
    (bounds) => !all.some((other) => isOfMeasure(other, bounds) && !isSameReach(other, bounds)),
  );
  return (place) =>
    single.some((bounds) => isOutside({ bounds, fact: place, rivals: rivalsOf(place, facts) }));
}

// „2 100 ₽ вместо 1 600 ₽“ names the price of the other one too.
const COMPARED = /(?<!\p{L})(?:вместо|против|дороже|дешевле|разниц\p{L}+)(?!\p{L})/iu;
const isPrice = ({ quantity: { unit } }: Statement) => unit === 'rub' || unit === 'percent';
const reachesOf = ({ bounds }: Statement, of: Bounds) => bounds.filter((each) => isOfMeasure(each, of));

// Asked anew for each claim of an answer, which changes nothing.
const rivals = new WeakMap<readonly Statement[], Map<Statement, readonly Statement[]>>();

/** Prices of the same thing, that of other amounts. */
function rivalsOf(fact: Statement, facts: readonly Statement[]): readonly Statement[] {
  const known = rivals.get(facts) ?? new Map<Statement, readonly Statement[]>();
  rivals.set(facts, known);
  const found = known.get(fact) ?? rivalsAmong(fact, facts);
  known.set(fact, found);
  return found;
}

function rivalsAmong(fact: Statement, facts: readonly Statement[]): readonly Statement[] {
  const named = [...fact.words, ...fact.sentence.about];
  return facts.filter(
    (other) =>
      other.quantity.unit === fact.quantity.unit &&
      other.quantity.amount !== fact.quantity.amount &&
      other.period === fact.period &&
      other.words.every((word) => /\d/.test(word) || named.some((each) => isSameWord(each, word))),
  );
}

function isOutside({
  bounds,
  fact,
  rivals,
}: {
  bounds: Bounds;
  fact: Statement;
  rivals: readonly Statement[];
}): boolean {
  const mine = reachesOf(fact, bounds);
  if (mine.length === 0 || mine.some((each) => isSameReach(each, bounds))) return false;
  const theirs = rivals.flatMap((rival) => reachesOf(rival, bounds));
  if (theirs.some((each) => isSameReach(each, bounds))) return true;
  if (bounds.isRange) return mine.every((each) => each.most < bounds.least || each.least > bounds.most);
  const around = mine.filter((each) => isWithin(bounds, each));
  // „До 100“ beside „до 50“ begins there.
  if (around.length > 0)
    return around.every((each) => theirs.some((other) => isWithin(bounds, other) && isNarrower(other, each)));
  // „За 4 колеса“ says nothing of two of them.
  return mine.every(({ isRange }) => isRange) || theirs.some((other) => isWithin(bounds, other));
}

const isNarrower = (one: Bounds, other: Bounds) => isWithin(one, other) && !isSameReach(one, other);

/** Whether a claim's amount is the buyer's own, and lies within what the price beside it holds for. */
export function isHisWithinTier({
  claim,
  beside,
  facts,
  said,
}: {
  claim: Statement;
  /** The other claims of the answer. */
  beside: readonly Statement[];
  facts: readonly Statement[];
  /** Bounds of the buyer's message. */
  said: readonly Bounds[];
}): boolean {
  const his = claim.bounds.filter(
    (bounds) =>
      bounds.least === claim.quantity.amount &&
      said.some((each) => isOfMeasure(each, bounds) && isSameReach(each, bounds)),
  );
  return beside.some(
    (price) =>
      isPrice(price) &&
      price.sentence === claim.sentence &&
      Math.abs(price.clause - claim.clause) <= 1 &&
      facts.some(
        (fact) =>
          fact.quantity.unit === price.quantity.unit &&
          fact.quantity.amount === price.quantity.amount &&
          his.some((bounds) =>
            reachesOf(fact, bounds).some((each) => each.isRange && isWithin(bounds, each)),
          ),
      ),
  );
}
