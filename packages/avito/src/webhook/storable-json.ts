// Deeper nesting is nothing of Avito's, and would exhaust the stack.
const MAX_DEPTH = 16;

/**
 * A JSON value that PostgreSQL accepts as text and jsonb: without NUL characters and halves of surrogate pairs, which
 * JSON may carry. What lies deeper than sixteen levels becomes null.
 */
export function storableJson(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return storableText(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= MAX_DEPTH) return null;
  if (Array.isArray(value)) return value.map((entry) => storableJson(entry, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => [storableText(key), storableJson(entry, depth + 1)]),
  );
}

const storableText = (text: string) => text.replaceAll('\0', '').toWellFormed();
