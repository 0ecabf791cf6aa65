import type { Statement } from './statements.ts';

// What says that an amount is a sum, a difference or what is left.
export const TOTAL =
  /(?<!\p{L})(?:итого|всего|вместе|сумм\p{L}+|общ\p{L}+|выйд\p{L}+|выход\p{L}+|получ\p{L}+|обойд\p{L}+|состав\p{L}+|это|то есть|значит|плюс|с уч[её]том)(?!\p{L})|[=+]/iu;
export const COMPARED =
  /(?<!\p{L})(?:дороже|дешевле|разниц\p{L}+|больше|меньше|доплат\p{L}+|с?эконом\p{L}+|выгод\p{L}+|вместо|прибавля\p{L}+|добавля\p{L}+|отдельно)(?!\p{L})/iu;
export const LESS = /скидк|минус|дешевле|\d(?:\s?(?:₽|руб\p{L}{0,4}\.?))?\s[−-]\s\d/iu;
export const REST =
  /(?<!\p{L})(?:ещ[её]|остал\p{L}*|остав\p{L}*|сверх|свыше|дальше|далее|лишн\p{L}+|дополнительн\p{L}+|разниц\p{L}+|больше|меньше|дольше)(?!\p{L})/iu;
export const LEAST_BARE_PRICE = 100;

export const SHARES_NO_SUM = new Set(['percent', 'clock', 'times', 'degrees']);
export const amountOf = ({ quantity: { amount, number } }: Statement) => amount ?? Number(number);
export const countOf = ({ quantity: { number } }: Statement) => Number(number);
export const isSame = (one: number, other: number) => Math.abs(one - other) < 0.5;
export const sumOf = (statements: readonly Statement[]) =>
  statements.reduce((sum, each) => sum + amountOf(each), 0);
/** „24 900 − 500“: among prices a large number without a unit is one. */
export const isMoney = ({ quantity: { unit, number }, bounds }: Statement) =>
  unit === 'rub' ||
  (unit === undefined &&
    Number(number) >= LEAST_BARE_PRICE &&
    // „100 порций“ are none.
    !bounds.some(({ least }) => String(least) === number));
export const pairsOf = (statements: readonly Statement[]): (readonly [Statement, Statement])[] =>
  statements.flatMap((one, place) => statements.slice(place + 1).map((other) => [one, other] as const));
