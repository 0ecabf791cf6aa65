import type { Token } from './format-code.ts';

/** Where the digits of a number go: indexes of tokens. */
export type Places = {
  whole: readonly number[];
  decimals: readonly number[];
  point: number;
  /** „1 500“ */
  isGrouped: boolean;
  /** How many times the number is shown divided by a thousand. */
  thousands: number;
};

export function placesOf(tokens: readonly Token[]): Places {
  const isDigit = (at: number) => tokens[at]?.kind === 'digit';
  const point = tokens.findIndex(({ kind }, at) => kind === 'point' && (isDigit(at - 1) || isDigit(at + 1)));
  const all = tokens.flatMap(({ kind }, at) => (kind === 'digit' ? [at] : []));
  const whole = all.filter((at) => point < 0 || at < point);
  const [first = 0, last = 0] = [whole[0], all.at(-1)];
  let thousands = 0;
  while (all.length > 0 && tokens[last + 1 + thousands]?.kind === 'comma') thousands += 1;
  return {
    whole,
    decimals: point < 0 ? [] : all.filter((at) => at > point),
    point,
    isGrouped: tokens.slice(first, last).some(({ kind }) => kind === 'comma'),
    thousands,
  };
}

const isZero = (token: Token | undefined) => token?.kind === 'digit' && token.text === '0';

/** What each token of a digit shows, with what parts thousands, and the point. */
export function digitsAt(
  tokens: readonly Token[],
  { places, digits, decimals }: { places: Places; digits: string; decimals: string },
): Map<number, string> {
  const shown = new Map<number, string>();
  let left = digits === '0' ? '' : digits;
  let count = 0;
  for (const [index, at] of places.whole.toReversed().entries()) {
    const isFirst = index === places.whole.length - 1;
    const taken = isFirst ? left : left.slice(-1);
    left = left.slice(0, left.length - taken.length);
    const padded = taken === '' && isZero(tokens[at]) ? '0' : taken;
    let text = '';
    for (const digit of Array.from(padded).toReversed()) {
      text = `${digit}${places.isGrouped && count > 0 && count % 3 === 0 ? ' ' : ''}${text}`;
      count += 1;
    }
    shown.set(at, text);
  }
  const kept = lastKept(tokens, places, decimals);
  for (const [index, at] of places.decimals.entries())
    shown.set(at, index < kept ? (decimals[index] ?? '') : '');
  shown.set(places.point, kept > 0 ? ',' : '');
  return shown;
}

/** `#` shows no zero that nothing follows. */
function lastKept(tokens: readonly Token[], { decimals: places }: Places, decimals: string): number {
  let kept = decimals.length;
  while (kept > 0 && decimals[kept - 1] === '0' && !isZero(tokens[places[kept - 1] ?? -1])) kept -= 1;
  return kept;
}
