import { DatabaseError } from 'pg';

/** Our statements are some 250 texts. A text that is put together anew each time must not fill the server's memory. */
const MOST = 1_000;
const names = new Map<string, string>();

/**
 * The name under which a connection keeps a statement, so that Postgres parses and plans it once and not for every
 * message; undefined for texts beyond the bound, which are parsed each time.
 */
export function statementName(text: string): string | undefined {
  const known = names.get(text);
  if (known !== undefined) return known;
  if (names.size >= MOST) return undefined;
  const name = `s${names.size}`;
  names.set(text, name);
  return name;
}

/**
 * A table was changed after the connection had prepared a statement on it: as good as new on another connection. Told
 * by the server's routine, because the message is in the server's language.
 */
export const isStaleStatement = (error: unknown): boolean =>
  error instanceof DatabaseError && error.code === '0A000' && error.routine === 'RevalidateCachedQuery';
