// Deeper nesting is nothing of Avito's, and would exhaust the stack.
const MAX_DEPTH = 16;

/**
 * A JSON value that PostgreSQL accepts as text and jsonb: without NUL characters and halves of surrogate pairs, which
 * JSON may carry. What lies deeper than sixteen levels becomes null. A value that is fit already, as nearly all are, is
 * returned as it is.
 */
export const storableJson = (value: unknown): unknown => (isStorable(value, 0) ? value : cleaned(value, 0));

const isStorableText = (text: string) => !text.includes('\0') && text.isWellFormed();

function isStorable(value: unknown, depth: number): boolean {
  if (typeof value === 'string') return isStorableText(value);
  if (typeof value !== 'object' || value === null) return true;
  if (depth >= MAX_DEPTH) return false;
  return (
    Object.keys(value).every(isStorableText) &&
    Object.values(value).every((entry) => isStorable(entry, depth + 1))
  );
}

const cleanedText = (text: string) => text.replaceAll('\0', '').toWellFormed();

function cleaned(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return cleanedText(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= MAX_DEPTH) return null;
  if (Array.isArray(value)) return value.map((entry) => cleaned(entry, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => [cleanedText(key), cleaned(entry, depth + 1)]),
  );
}
