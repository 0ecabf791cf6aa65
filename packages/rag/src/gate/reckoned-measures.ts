import {
  amountOf,
  isMoney,
  isSame,
  LEAST_BARE_PRICE,
  pairsOf,
  REST,
  SHARES_NO_SUM,
  sumOf,
  TOTAL,
} from './operands.ts';
import type { Statement } from './statements.ts';

const MILLIMETRES = 1_000;
const isLength = ({ quantity: { unit, number } }: Statement) =>
  unit === 'millimetres' || (unit === undefined && Number(number) < LEAST_BARE_PRICE);
/** „2×3 м“ are 6 m². */
const isAreaOf = ([one, other]: readonly [Statement, Statement], area: Statement) => {
  const [a, b] = [one, other].map(({ quantity: { unit, amount = 0, number } }) =>
    unit === undefined ? Number(number) : amount / MILLIMETRES,
  );
  return a !== undefined && b !== undefined && Math.abs(a * b - amountOf(area)) < 0.05;
};

/** „Сверх этого 20 км“, „вместе 85 минут“: what the buyer's measures and those of the answer come to. */
export function isMeasureReckoned(
  claim: Statement,
  { proven, said }: { proven: readonly Statement[]; said: readonly Statement[] },
): boolean {
  const { unit } = claim.quantity;
  if (
    unit === 'square-metres' &&
    pairsOf([...said, ...proven].filter(isLength)).some((pair) => isAreaOf(pair, claim))
  )
    return true;
  if (unit !== undefined && SHARES_NO_SUM.has(unit)) return false;
  const { text } = claim.sentence;
  const isAlike = (each: Statement) => each.quantity.unit === unit && !(unit === undefined && isMoney(each));
  const stated = proven.filter((each) => isAlike(each) && amountOf(each) !== amountOf(claim));
  const his = said.filter(isAlike);
  const isRest = (one: Statement, other: Statement) =>
    isSame(Math.abs(amountOf(one) - amountOf(other)), amountOf(claim));
  return (
    (REST.test(text) && his.some((one) => stated.some((other) => isRest(one, other)))) ||
    (TOTAL.test(text) && pairsOf(stated).some((pair) => isSame(sumOf(pair), amountOf(claim))))
  );
}
