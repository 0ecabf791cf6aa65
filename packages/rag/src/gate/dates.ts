import { daysToFigures } from './ordinal-days.ts';

const MONTHS = [
  'январ',
  'феврал',
  'март',
  'апрел',
  'ма[йяею]',
  'июн',
  'июл',
  'август',
  'сентябр',
  'октябр',
  'ноябр',
  'декабр',
];
const MONTH = `(?:${MONTHS.join('|')})\\p{L}*`;
const monthOf = (word: string) => MONTHS.findIndex((stem) => new RegExp(`^${stem}`, 'iu').test(word)) + 1;

const WORDED = new RegExp(
  `(?<!\\d)(\\d{1,2})(?:-?го)?\\s+(${MONTH})(?:\\s+(\\d{4})(?:\\s?(?:года|г\\.?))?)?`,
  'giu',
);
// Without a year only with leading zeroes: „5.10“ may be a price, „10.30“ a time.
const FIGURED =
  /(?<![\d.])(\d{1,2})[./](\d{1,2})[./](\d{4}|\d{2})(?![\d.]\d)|(?<![\d.])(\d{2})\.(0[1-9]|1[0-2])(?![\d.]?\d)(?!\s?(?:₽|руб|р\.|%|кг|г\b))/gu;
const MONTH_ALONE = new RegExp(`(?<!\\p{L})${MONTH}(?!\\p{L})`, 'giu');
// „март“ is no „мартовский“, „май“ no „майка“.
const MONTH_FORM =
  /^(?:январ|феврал|апрел|июн|июл|сентябр|октябр|ноябр|декабр)(?:ь|я|е|ю|ем)$|^(?:март|август)(?:а|е|у|ом)?$|^ма(?:й|я|е|ю|ем)$/iu;

const NEW_YEAR = /(?<!\p{L})нов(?:ого|ый|ому|ым) год(?:а|у|ом)?(?!\p{L})/giu;

/** Dates as `d.m` or `d.m.yyyy`, months that stand alone as `m`, and the text without them. */
export function datesIn(cleaned: string): { dates: string[]; rest: string } {
  const dates: string[] = [];
  const text = daysToFigures(cleaned).replaceAll(NEW_YEAR, '31 декабря');
  let rest = text.replaceAll(WORDED, (found: string, day: string, month: string, year?: string) => {
    if (!MONTH_FORM.test(month)) return found;
    dates.push(canonical(Number(day), monthOf(month), year));
    return ' ; ';
  });
  rest = rest.replaceAll(FIGURED, (found: string, ...groups: (string | undefined)[]) => {
    const [day, month, year, shortDay, shortMonth] = groups;
    const [d, m] = [Number(day ?? shortDay), Number(month ?? shortMonth)];
    if (d < 1 || d > 31 || m < 1 || m > 12) return found;
    dates.push(canonical(d, m, year));
    return ' ; ';
  });
  for (const [word] of rest.matchAll(MONTH_ALONE)) {
    if (MONTH_FORM.test(word)) dates.push(String(monthOf(word)));
  }
  return { dates, rest };
}

function canonical(day: number, month: number, year: string | undefined): string {
  if (year === undefined) return `${day}.${month}`;
  return `${day}.${month}.${year.length === 2 ? `20${year}` : year}`;
}

/** Whether a date that is claimed is among those known: without its year, or as the month alone, it still says less. */
export function isKnownDate(claimed: string, known: readonly string[]): boolean {
  const [day, month, year] = claimed.split('.');
  return known.some((date) => {
    const [knownDay, knownMonth, knownYear] = date.split('.');
    if (month === undefined) return day === (knownMonth ?? knownDay);
    return knownDay === day && knownMonth === month && (year === undefined || knownYear === year);
  });
}
