import type { FormatSection, Token } from './format-code.ts';

const DAY_S = 86_400;
/** The last day that Excel knows: 31.12.9999. */
const LAST_DAY = 2_958_465;
const DAYS_TO_1904 = 1_462;
/** The day before is the 29th of February 1900, which Excel has and the calendar has not. */
const FIRST_TRUE_DAY = 61;

const MONTHS = 'январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь'.split(' ');
const OF_MONTHS = 'января февраля марта апреля мая июня июля августа сентября октября ноября декабря'.split(
  ' ',
);
const SHORT_MONTHS = 'янв фев мар апр май июн июл авг сен окт ноя дек'.split(' ');
const WEEKDAYS = 'воскресенье понедельник вторник среда четверг пятница суббота'.split(' ');
const SHORT_WEEKDAYS = 'вс пн вт ср чт пт сб'.split(' ');

/** What a run of letters stands for. */
type Unit = 'year' | 'month' | 'monthName' | 'day' | 'weekday' | 'hour' | 'minute' | 'second';
type TimeToken = Extract<Token, { kind: 'time' }>;

export const isOfTime = ({ tokens, isLongDate }: FormatSection) =>
  isLongDate || tokens.some(({ kind }) => kind === 'time');

/**
 * A moment as its format shows it, days in the Russian order whatever the order of the format: „05.11.2026“. Zeros of a time that
 * nobody gave are not told. Undefined for what is no day of Excel's.
 */
export function formatTime(
  serial: number,
  { section, isFrom1904 }: { section: FormatSection; isFrom1904: boolean },
): string | undefined {
  const seconds = Math.round((serial + (isFrom1904 ? DAYS_TO_1904 : 0)) * DAY_S);
  const day = Math.floor(seconds / DAY_S);
  if (seconds < 0 || day > LAST_DAY) return undefined;
  const moment = { date: dateOf(day), seconds: seconds % DAY_S, elapsed: Math.round(serial * DAY_S) };
  if (section.isLongDate) return `${dayText(moment.date)} г.`;
  const { tokens } = section;
  const units = unitsOf(tokens);
  const isDated = units.has('day') || units.has('month') || units.has('monthName') || units.has('year');
  const numericDate =
    units.has('day') && units.has('month') ? numericDateText(moment.date, units) : undefined;
  const spans = [
    ...(numericDate === undefined ? [] : [{ of: DATE, text: numericDate }]),
    { of: TIME, text: isDated && moment.seconds === 0 ? '' : timeText(moment, units) },
  ];
  return joined(tokens, { moment, spans, units });
}

const dayText = (date: Date) =>
  `${date.getUTCDate()} ${OF_MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;

const DATE = new Set<Unit>(['year', 'month', 'day']);
const TIME = new Set<Unit>(['hour', 'minute', 'second']);

function dateOf(day: number): Date {
  const shift = day < FIRST_TRUE_DAY ? 1 : 0;
  return new Date(Date.UTC(1899, 11, 30 + day + shift));
}

type Units = ReadonlyMap<Unit, TimeToken>;

/** The first run of letters of each unit. */
function unitsOf(tokens: readonly Token[]): Units {
  const units = new Map<Unit, TimeToken>();
  for (const [at, token] of tokens.entries()) {
    const unit = unitAt(tokens, at);
    if (token.kind === 'time' && unit !== undefined && !units.has(unit)) units.set(unit, token);
  }
  return units;
}

function unitAt(tokens: readonly Token[], at: number): Unit | undefined {
  const token = tokens[at];
  if (token?.kind !== 'time') return undefined;
  const { text } = token;
  const unit = LETTERS[text[0] ?? ''];
  if (unit === 'day' && text.length > 2) return 'weekday';
  if (unit !== 'month') return unit;
  if (text.length > 2) return 'monthName';
  return token.isElapsed || isOfMinutes(tokens, at) ? 'minute' : 'month';
}

const LETTERS: Record<string, Unit> = { y: 'year', m: 'month', d: 'day', h: 'hour', s: 'second' };

/** `m` is of minutes behind hours, and before seconds. */
function isOfMinutes(tokens: readonly Token[], at: number): boolean {
  const isTime = (token: Token): token is TimeToken => token.kind === 'time';
  const before = tokens.slice(0, at).findLast(isTime);
  const behind = tokens.slice(at + 1).find(isTime);
  return before?.text[0] === 'h' || behind?.text[0] === 's';
}

const two = (number: number) => String(number).padStart(2, '0');

function numericDateText(date: Date, units: Units): string {
  const year = units.has('year') ? `.${date.getUTCFullYear()}` : '';
  return `${two(date.getUTCDate())}.${two(date.getUTCMonth() + 1)}${year}`;
}

type Moment = {
  date: Date;
  /** Of the day. */
  seconds: number;
  /** Since the first day. */
  elapsed: number;
};

/** „9:00“, „36:00“; seconds where there are some. */
function timeText({ seconds, elapsed }: Moment, units: Units): string {
  const [hour, minute, second] = [units.get('hour'), units.get('minute'), units.get('second')];
  const counted =
    hour?.isElapsed === true || (hour === undefined && minute?.isElapsed === true) ? elapsed : seconds;
  const hours = Math.floor(counted / 3_600);
  const minutes = hour === undefined ? Math.floor(counted / 60) : Math.floor(counted / 60) % 60;
  const parts = [
    ...(hour === undefined ? [] : [String(hours).padStart(hour.text.length, '0')]),
    ...(minute === undefined ? [] : [two(minutes)]),
    ...(second === undefined || (hour !== undefined && counted % 60 === 0) ? [] : [two(counted % 60)]),
  ];
  return parts.join(':');
}

/** Each span stands where its first unit does, in the place of all between its first and its last one. */
function joined(
  tokens: readonly Token[],
  {
    moment,
    spans,
    units,
  }: { moment: Moment; spans: readonly { of: ReadonlySet<Unit>; text: string }[]; units: Units },
): string {
  const all = tokens.map((_, at) => unitAt(tokens, at));
  const placed = spans.map(({ of, text }) => {
    const isOf = (unit: Unit | undefined) => unit !== undefined && of.has(unit);
    return { text, from: all.findIndex(isOf), to: all.findLastIndex(isOf) };
  });
  return tokens
    .map((token, at) => {
      const span = placed.find(({ from, to }) => from >= 0 && at >= from && at <= to);
      if (span !== undefined) return at === span.from ? span.text : '';
      if (token.kind === 'text') return token.text;
      if (token.kind === 'time') return wordOf(token, { unit: all[at], date: moment.date, units });
      return SIGNS[token.kind] ?? '';
    })
    .join('')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

const SIGNS: Partial<Record<Token['kind'], string>> = { point: '.', slash: '.', comma: ',' };

function wordOf(
  { text }: TimeToken,
  { unit, date, units }: { unit: Unit | undefined; date: Date; units: Units },
): string {
  const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()];
  const padded = (number: number) => (text.length === 1 ? String(number) : two(number));
  if (unit === 'year') return text.length > 2 ? String(year) : two(year % 100);
  if (unit === 'month') return padded(month + 1);
  if (unit === 'day') return padded(day);
  if (unit === 'weekday') return (text.length === 3 ? SHORT_WEEKDAYS : WEEKDAYS)[date.getUTCDay()] ?? '';
  if (unit !== 'monthName') return '';
  if (text.length !== 4) return SHORT_MONTHS[month] ?? '';
  return (units.has('day') ? OF_MONTHS : MONTHS)[month] ?? '';
}
