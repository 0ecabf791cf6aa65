import { type Frame, frame, HEADER_BYTES, readString } from './frames.ts';

/**
 * Puts a client's prefix before the names of its prepared statements, because all clients share one session and its
 * names. The unnamed statement keeps its (empty) name: it lives within one exclusive unit. Portals need no prefix:
 * they end with the transaction, which is exclusive too. Statements made by SQL's own PREPARE are not covered.
 */
export function prefixStatementName({ message, prefix }: { message: Frame; prefix: string }): Buffer {
  const { type, bytes } = message;
  const nameAt = statementNameAt(message);
  if (nameAt === undefined) return bytes;
  const { value, next } = readString({ bytes, offset: nameAt });
  if (value === '') return bytes;
  return frame(type, bytes.subarray(HEADER_BYTES, nameAt), prefix + value, bytes.subarray(next));
}

/** The name that a Parse message prepares; undefined for every other message and for the unnamed statement. */
export function preparedName({ type, bytes }: Frame): string | undefined {
  if (type !== 'P') return undefined;
  return readString({ bytes, offset: HEADER_BYTES }).value || undefined;
}

function statementNameAt({ type, bytes }: Frame): number | undefined {
  if (type === 'P') return HEADER_BYTES;
  if (type === 'B') return readString({ bytes, offset: HEADER_BYTES }).next;
  const isAboutStatement = (type === 'D' || type === 'C') && bytes[HEADER_BYTES] === 'S'.charCodeAt(0);
  return isAboutStatement ? HEADER_BYTES + 1 : undefined;
}
