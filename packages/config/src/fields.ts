import { z } from 'zod';

/** `AVITO_USER_ID` and the like: Avito's ids are 64-bit, ours are safe integers. */
export const idField = z.coerce
  .number('must be a number')
  .int('must be a whole number')
  .positive('must be a positive number')
  .max(Number.MAX_SAFE_INTEGER);

type Range = { min: number; max: number };

const rangeMessage = ({ min, max }: Range) => `must be a whole number from ${min} to ${max}`;

export function wholeNumber({ min, max, fallback }: Range & { fallback: number }) {
  const range = rangeMessage({ min, max });
  return z.coerce.number(range).int(range).min(min, range).max(max, range).default(fallback);
}

/** For JSON files, where a number is a number. */
export function wholeNumberInFile({ min, max }: Range) {
  const range = rangeMessage({ min, max });
  return z.number(range).int(range).min(min, range).max(max, range);
}

const money = 'must be an amount above 0';
/** An amount in the currency of the model prices. */
export const moneyField = z.coerce.number(money).positive(money);
export const moneyInFile = z.number(money).positive(money);

export const portField = (fallback: number) => wholeNumber({ min: 0, max: 65_535, fallback });

export function urlField(protocols: readonly string[]) {
  const message = `must be an address starting with ${protocols.map((name) => `${name}://`).join(' or ')}`;
  return z.string().refine((text) => {
    const url = URL.parse(text);
    return url !== null && protocols.includes(url.protocol.slice(0, -1));
  }, message);
}

/** Paths are put behind it, and it is named in messages, so nothing secret may stand in it. */
function isPlainAddress(text: string): boolean {
  const url = URL.parse(text);
  return url === null || [url.username, url.password, url.search, url.hash].every((part) => part === '');
}

export const httpUrlField = urlField(['http', 'https'])
  .refine(isPlainAddress, 'must hold no name, password or query: a key has a variable of its own')
  .transform((url) => url.replace(/\/+$/, ''));

export const booleanField = (fallback: boolean) => z.stringbool('must be true or false').default(fallback);
