import { AppError } from '@avito-autoreply/runtime';

/**
 * The driver hands out `bigint` columns as text. Avito's ids and our counters stay far below 2^53; one that does not
 * would silently become another number, so it throws `database.unsafe-number`.
 */
export function safeInteger(value: string | number): number {
  const number = Number(value);
  if (Number.isSafeInteger(number)) return number;
  throw new AppError(`${value} does not fit into a JavaScript integer`, { code: 'database.unsafe-number' });
}

export function safeIntegerOrNull(value: string | number | null | undefined): number | null {
  return value === null || value === undefined ? null : safeInteger(value);
}

/** Postgres takes no NUL in texts and no half surrogates: one such character would make a message impossible to store. */
export function storableText(text: string): string {
  return text.replaceAll('\0', '').toWellFormed();
}

function storable(value: unknown): unknown {
  if (typeof value === 'string') return storableText(value);
  if (Array.isArray(value)) return value.map(storable);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => [storableText(key), storable(entry)]),
  );
}

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** An id from outside for a `uuid` parameter; null, which finds nothing, for what is none. */
export const uuidOrNull = (id: string): string | null => (UUID.test(id) ? id : null);

/** A `jsonb` parameter: serialized here, because the driver would turn an array into a Postgres array. */
export function toJson(value: unknown): string {
  return JSON.stringify(storable(value ?? null));
}

/** Two texts are the same to Avito when they differ in white space only (no-break spaces included). */
export function foldWhiteSpace(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}
