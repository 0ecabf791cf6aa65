import type { Quantity } from './quantities.ts';

const PERIODS: readonly (readonly [RegExp, string])[] = [
  [/(?<!\d\s?)(?<!\p{L})час(?!\p{L})|(?<!\d)60 мин(?:ут\p{L}*)?(?!\p{L})/iu, 'час'],
  [/(?<!\d\s?)(?<!\p{L})(?:день|сутк\p{L}*|ночь|ежедневн\p{L}*|посуточн\p{L}*)(?!\p{L})/iu, 'сутки'],
  [/(?<!\d\s?)(?<!\p{L})недел\p{L}*/iu, 'неделя'],
  [/(?<!\d\s?)(?<!\p{L})(?:месяц\p{L}*|мес(?!\p{L})|(?:еже)?месячн\p{L}*)/iu, 'месяц'],
  [/(?<!\p{L})(?:сезон\p{L}*|зим(?:а|у|ой|ний|нее)|лето(?:м)?)(?!\p{L})/iu, 'сезон'],
  [/(?<!\d\s?)(?<!\p{L})(?:год(?!\p{L})|ежегодн\p{L}*)/iu, 'год'],
];
/** „в сутки“, „за месяц“: of what length a price is. */
export const periodsIn = (text: string) =>
  PERIODS.flatMap(([pattern, name]) => (pattern.test(text) ? [name] : []));

const PERIOD_BEHIND =
  /^\s*(?:\/|(?:в|за)\s)\s*(?:один |одну |каждый |каждую |каждые |весь |всю |все |всё )?(\p{L}+)/iu;
// „на месяц — 14 000 ₽“
const PERIOD_BEFORE = /(?<!\p{L})(?:на|за)\s(?:один |весь )?(месяц|неделю|сутки|день|час|год)[\s:—–-]*$/iu;

/** „1 500 ₽ в сутки“, „на месяц — 14 000 ₽“: the period that stands beside an amount. */
export function periodBeside(clause: string, { text }: Quantity): string | undefined {
  const start = clause.lastIndexOf(text);
  const behind = start < 0 ? null : PERIOD_BEHIND.exec(clause.slice(start + text.length));
  const [, word] = behind ?? PERIOD_BEFORE.exec(clause.slice(0, Math.max(0, start))) ?? [];
  return word === undefined ? undefined : periodsIn(word)[0];
}
