export type ValueKind = 'price' | 'hours' | 'minutes' | 'days' | 'months' | 'percent';

export type FoundValues = {
  values: string[];
  /** Said as a time that often tells one variant of a thing from another: „массаж 30 минут“, „детям до 3 лет“. */
  isVariant: boolean;
};

const NUMBER = String.raw`\d{1,3}(?:[\s\u00a0\u202f]\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)?`;
const pattern = (source: string) => new RegExp(source.replaceAll('N', `(?:${NUMBER})`), 'giu');
const TO = String.raw`(?:\s*(?:до|–|—|-)\s*N)?\s*`;
const HOURS = String.raw`ч(?:ас(?:а|ов)?)?(?!\p{L})\.?`;
const MINUTES = String.raw`мин(?:ут\p{L}*)?(?!\p{L})\.?`;

type Value = {
  kind: ValueKind;
  expression: RegExp;
  /** How many of the kind's unit each number is. */
  units?: readonly number[];
  isVariant?: true;
};

/** In this order: what one of them took, the next does not see. */
const VALUES: readonly Value[] = [
  {
    kind: 'hours',
    expression: pattern(
      String.raw`(?:с\s*)?(?<!\d)([01]?\d|2[0-4])(?::[0-5]\d)?\s*(?:до|–|—|-)\s*([01]?\d|2[0-4])(?::[0-5]\d)(?!\d)`,
    ),
  },
  {
    kind: 'hours',
    expression: pattern(
      String.raw`(?<!\p{L})с\s*([01]?\d|2[0-4])(?::[0-5]\d)?\s*до\s*([01]?\d|2[0-4])(?::[0-5]\d)?(?:\s*час\p{L}*)?(?![\d\p{L}])(?!\s*(?:₽|руб|дн|мес|%|раб))`,
    ),
  },
  { kind: 'price', expression: pattern(String.raw`N${TO}(?:₽|руб(?:\.|л\p{L}*)?(?!\p{L})|р\.)`) },
  { kind: 'percent', expression: pattern(String.raw`N(?:\s*(?:–|—|-)\s*N)?\s*(?:%|процент\p{L}*)`) },
  {
    kind: 'days',
    expression: pattern(
      String.raw`N${TO}(?:рабоч\p{L}*\s+|календарн\p{L}*\s+)?(?:дн(?:я|ей)|день|сут\p{L}*)(?!\p{L})`,
    ),
  },
  { kind: 'days', expression: pattern(String.raw`N${TO}недел\p{L}*`), units: [7, 7], isVariant: true },
  { kind: 'months', expression: pattern(String.raw`N${TO}мес(?:\.|яц\p{L}*)`) },
  {
    kind: 'months',
    // „С 2009 года“ is no time that something takes.
    expression: pattern(
      String.raw`(?<!\d)\d{1,2}(?:[.,]\d)?(?:\s*(?:до|–|—|-)\s*\d{1,2})?\s*(?:лет|год(?:а|у|ом)?)(?!\p{L})`,
    ),
    units: [12, 12],
    isVariant: true,
  },
  {
    kind: 'minutes',
    expression: pattern(String.raw`N\s*${HOURS}\s*(?:и\s*)?N\s*${MINUTES}`),
    units: [60, 1],
    isVariant: true,
  },
  { kind: 'minutes', expression: pattern(String.raw`N${TO}${HOURS}`), units: [60, 60], isVariant: true },
  { kind: 'minutes', expression: pattern(String.raw`N${TO}${MINUTES}`), isVariant: true },
];

/** What a sentence says a value of, by kind, and the sentence without it. */
export function valuesIn(sentence: string): { found: Map<ValueKind, FoundValues>; rest: string } {
  let rest = sentence;
  const found = new Map<ValueKind, FoundValues>();
  for (const { kind, expression, units, isVariant = false } of VALUES) {
    rest = rest.replaceAll(expression, (match: string) => {
      const ofKind = found.get(kind) ?? { values: [], isVariant: false };
      ofKind.values.push(canonical(match, units));
      ofKind.isVariant ||= isVariant;
      found.set(kind, ofKind);
      return ' ';
    });
  }
  return { found, rest };
}

/** `42 990 руб.` and `42990 ₽` are the same; so are `с 10 до 19` and `10:00–19:00`, „1 год“ and „12 месяцев“. */
function canonical(match: string, units: readonly number[] | undefined): string {
  const numbers = (match.match(new RegExp(String.raw`\d+:\d\d|${NUMBER}`, 'gu')) ?? [])
    .map((number) =>
      number
        .replaceAll(/[\s\u00a0\u202f]/g, '')
        .replace(',', '.')
        .replace(/^0(?=\d)/, ''),
    )
    .map((number) => number.replace(/:00$|\.0+$/, ''));
  if (units === undefined) return numbers.join('–');
  const amounts = numbers.map((number, index) => Number(number) * (units[index] ?? 1));
  // Hours with the minutes beyond them are one time, „2–3 часа“ are two.
  const isSum = new Set(units).size > 1;
  return isSum ? String(amounts.reduce((sum, amount) => sum + amount, 0)) : amounts.join('–');
}
