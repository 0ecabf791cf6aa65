// What stands before keeps it from being tried at every letter of a long word, which takes time that grows with the square.
const EMAIL = /(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu;
// Payment cards have 16 to 19 digits, nearly always in groups of four.
const CARD = /(?<!\d)\d{4}(?:[\s./_*•·~=|–—-]{0,3}\d{4}){3}(?:[\s./_*•·~=|–—-]{0,3}\d{1,3})?(?!\d)/gu;
// Signs that people put between digits, mostly so that the site does not see the number.
const GAP = String.raw`[\s()./_*•·~=|–—-]{0,3}`;
// Russian numbers: +7 or 8 and ten digits, or the ten digits of a mobile alone; of other countries those with a plus.
const PHONE = new RegExp(
  String.raw`(?<!\d)(?:(?:\+?7|8)(?:${GAP}\d){10}|9(?:${GAP}\d){9}|\+[1-9](?:${GAP}\d){9,14})(?!\d)`,
  'gu',
);

const kinds = [
  { name: 'почта', pattern: EMAIL },
  { name: 'карта', pattern: CARD },
  { name: 'телефон', pattern: PHONE },
] as const;

const TOKEN = new RegExp(String.raw`\[(?:${kinds.map(({ name }) => name).join('|')}) \d+\]`, 'gu');

export type PersonalDataMask = {
  /** E-mail addresses, cards and phone numbers as numbered tokens: „[телефон 1]“. The same value keeps its token. */
  mask: (text: string) => string;
  /** Puts the values back in the place of their tokens. */
  restore: (text: string) => string;
  /** For search: without the values, and without tokens, which would be words that are looked for. */
  remove: (text: string) => string;
};

/** Keeps what belongs to the buyer away from models. One mask serves all texts of one answer. */
export function createPersonalDataMask(): PersonalDataMask {
  const tokens = new Map<string, string>();
  const counts = new Map<string, number>();

  const tokenOf = (name: string, value: string): string => {
    const known = tokens.get(value);
    if (known !== undefined) return known;
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    const token = `[${name} ${count}]`;
    tokens.set(value, token);
    return token;
  };

  return {
    mask: (text) =>
      kinds.reduce(
        (rest, { name, pattern }) => rest.replaceAll(pattern, (value) => tokenOf(name, value)),
        text,
      ),
    restore: (text) =>
      [...tokens].reduce((rest, [value, token]) => rest.replaceAll(token, () => value), text),
    remove: (text) =>
      kinds.reduce((rest, { pattern }) => rest.replaceAll(pattern, ' '), text.replaceAll(TOKEN, ' ')),
  };
}
