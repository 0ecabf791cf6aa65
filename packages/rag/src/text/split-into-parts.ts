// Where a long text may be cut, the best place first: paragraph, line, sentence, word.
const BREAKS = [/\n{2,}/g, /\n/g, /(?=\s)(?<=[.!?…]["»”)]*)\s+/g, /\s+/g];

/**
 * Splits a text into parts of at most `maxLength` UTF-16 units (Avito counts at most 1,000), at the best break in the
 * second half of each part. A text without any break is cut hard, never inside a surrogate pair.
 */
export function splitIntoParts(text: string, maxLength: number): string[] {
  const parts: string[] = [];
  let rest = text.trim();
  while (rest.length > maxLength) {
    const { end, next } = findBreak(rest, maxLength);
    parts.push(rest.slice(0, end).trimEnd());
    rest = rest.slice(next).trimStart();
  }
  return rest === '' ? parts : [...parts, rest];
}

function findBreak(text: string, maxLength: number): { end: number; next: number } {
  for (const pattern of BREAKS) {
    const last = [...text.slice(0, maxLength + 1).matchAll(pattern)]
      .filter((match) => match.index <= maxLength && match.index >= maxLength / 2)
      .at(-1);
    if (last !== undefined) return { end: last.index, next: last.index + last[0].length };
  }
  const isHighSurrogate = /[\uD800-\uDBFF]/.test(text.charAt(maxLength - 1));
  const end = isHighSurrogate && maxLength > 1 ? maxLength - 1 : maxLength;
  return { end, next: end };
}
