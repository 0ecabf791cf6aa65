const REDACTED = '[redacted]';
const SENSITIVE_KEY =
  /^(authorization|cookie|set-cookie|x-api-key|api[-_]?key|password|passwd|(access|refresh|webhook)?[-_]?token|(client|webhook)?[-_]?secrets?)$/i;
// `//user:password@host` in any URL, whatever the field is called.
const URL_PASSWORD = /(\/\/[^/\s:@]*:)[^/\s@]+@/g;
// Shorter values would blot out ordinary words.
const SHORTEST_SECRET = 6;
const DEEPEST = 8;

/**
 * Returns a copy with sensitive keys, known secret values and passwords in URLs replaced. By key for what we name,
 * by value for what slips into messages, URLs and the texts of other people's errors.
 */
export function createRedactor({ secrets }: { secrets: readonly string[] }): (value: unknown) => unknown {
  const values = [...new Set(secrets)]
    .filter((secret) => secret.length >= SHORTEST_SECRET)
    .toSorted((a, b) => b.length - a.length);

  const redactText = (text: string): string =>
    values
      .reduce((masked, secret) => masked.replaceAll(secret, REDACTED), text)
      .replace(URL_PASSWORD, `$1${REDACTED}@`);

  const redact = (value: unknown, depth: number): unknown => {
    if (typeof value === 'string') return redactText(value);
    if (typeof value === 'bigint') return value.toString();
    if (typeof value !== 'object' || value === null) return value;
    if (depth >= DEEPEST) return '[too deep]';
    if (Array.isArray(value)) return value.map((entry) => redact(entry, depth + 1));
    if (value instanceof Date) return value.toISOString();
    return Object.fromEntries(
      Object.entries(value).map(([key, entry]) => [
        key,
        SENSITIVE_KEY.test(key) && entry !== undefined && entry !== null
          ? REDACTED
          : redact(entry, depth + 1),
      ]),
    );
  };
  return (value) => redact(value, 0);
}
