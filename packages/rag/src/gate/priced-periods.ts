import { periodsIn } from './periods.ts';
import type { Statement } from './statements.ts';

// „За день – 2 400 ₽“, „за час лодка стоит 600 ₽“
const PRICE_BEHIND = /^[^,;.!?\d]{0,40}[\s—–:-](?:от )?\d[\d ]*\s?(?:₽|руб)/iu;

/** Whether a bare „день“ of an answer says what a price is of, where the sources have a price per day. */
export function isPricedPeriod(
  { quantity: { text, number, unit }, sentence }: Statement,
  facts: readonly Statement[],
): boolean {
  if (number !== '1' || unit === undefined || /\d/.test(text)) return false;
  const start = sentence.text.lastIndexOf(text);
  const [period] = start < 0 ? [] : periodsIn(text);
  return (
    period !== undefined &&
    PRICE_BEHIND.test(sentence.text.slice(start + text.length)) &&
    facts.some((fact) => fact.quantity.unit === 'rub' && fact.period === period)
  );
}
