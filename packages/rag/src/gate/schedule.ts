import { isSameWord } from './words.ts';

const DAYS = ['пн', 'вт', 'ср', 'чт', 'пт', 'сб', 'вс'] as const;
type Day = (typeof DAYS)[number];

const DAY_WORDS: readonly (readonly [RegExp, Day])[] = [
  [/(?:понедельник\p{L}*|пн)/iu, 'пн'],
  [/(?:вторник\p{L}*|вт)/iu, 'вт'],
  [/(?:сред(?:а|у|ы|ам|е)|ср)/iu, 'ср'],
  [/(?:четверг\p{L}*|чт)/iu, 'чт'],
  [/(?:пятниц\p{L}*|пт)/iu, 'пт'],
  [/(?:суббот\p{L}*|сб)/iu, 'сб'],
  [/(?:воскресен(?:ье|ья|ью|ьям)|вс)/iu, 'вс'],
];
const DAY = DAY_WORDS.map(([pattern]) => pattern.source).join('|');
const whole = (source: string, flags = 'giu') => new RegExp(`(?<!\\p{L})(?:${source})(?!\\p{L})`, flags);
const DAY_ALONE = whole(DAY);
const DAY_RANGE = new RegExp(`(?<!\\p{L})(${DAY})\\s?(?:[–—-]|по|до)\\s?(${DAY})(?!\\p{L})`, 'giu');
const EVERY_DAY = whole(
  'ежедневно|(?<!за )каждый день|без выходных|круглосуточно|семь дней в неделю|7 дней в неделю|24/7',
  'iu',
);
const WEEKDAYS = whole('будн(?:и|ям|ях|ий|ие|ей)|рабочие дни|по рабочим дням', 'iu');
const WEEKEND = whole('выходн(?:ые|ым|ых)(?: дни| дням)?', 'iu');
const NO_WEEKEND = whole('без выходных');
const AROUND_THE_CLOCK = whole('круглосуточно|24/7|24 часа(?: в сутки)?', 'iu');

const shortDayOf = (word: string) =>
  DAY_WORDS.find(([pattern]) => new RegExp(`^(?:${pattern.source})$`, 'iu').test(word))?.[1];

export const CLOSED =
  /(?<!без )выходной|выходные\s?[:—–-](?!\s*(?:с\s)?\d)|закрыт|отдыха(?:ем|ю)(?!\p{L})|не работа|санитарн|не принима/iu;
const EXCEPT = /(?<!\p{L})кроме(?!\p{L})/iu;
const CLAUSE_END = /[;,.\n]/u;

/** What a text says of days of the week and opening around the clock. */
export type Schedule = {
  /** Days on which something happens, and days off. */
  days: Set<Day>;
  closed: Set<Day>;
  everyDay: boolean;
  aroundTheClock: boolean;
};

export function scheduleIn(text: string): Schedule {
  const days = new Set<Day>();
  const closed = new Set<Day>();
  const excepted = EXCEPT.test(text);
  for (const clause of text.split(CLAUSE_END)) {
    const [before = '', ...after] = clause.split(EXCEPT);
    for (const day of daysIn(before)) (CLOSED.test(clause) ? closed : days).add(day);
    for (const day of daysIn(after.join(' '))) closed.add(day);
  }
  const saysEveryDay = EVERY_DAY.test(text);
  if (saysEveryDay && excepted) for (const day of DAYS) if (!closed.has(day)) days.add(day);
  return {
    days,
    closed,
    everyDay: saysEveryDay && !excepted,
    aroundTheClock: AROUND_THE_CLOCK.test(text),
  };
}

/** „Ежедневно“ is of all days but those that are named beside it. */
export const isOfEveryDay = (text: string) => EVERY_DAY.test(text);
export const allDays: readonly Day[] = DAYS;

export function daysIn(text: string): Set<Day> {
  const days = new Set<Day>();
  for (const [, from = '', to = ''] of text.matchAll(DAY_RANGE)) {
    const [first, last] = [shortDayOf(from), shortDayOf(to)].map((day) =>
      DAYS.findIndex((each) => each === day),
    );
    if (first === undefined || last === undefined) continue;
    for (const day of DAYS.slice(first, last + 1)) days.add(day);
  }
  for (const [word] of text.matchAll(DAY_ALONE)) {
    const day = shortDayOf(word);
    if (day !== undefined) days.add(day);
  }
  if (WEEKDAYS.test(text)) for (const day of DAYS.slice(0, 5)) days.add(day);
  if (WEEKEND.test(text.replaceAll(NO_WEEKEND, ''))) for (const day of DAYS.slice(5)) days.add(day);
  return days;
}

/** A sentence of a source, with the words that tell what it is about. */
export type ScheduleFact = { schedule: Schedule; words: readonly string[] };

/**
 * What is claimed beyond what is known: days, every day, the whole clock. Where sources speak of the claim's own subject,
 * they decide: that the workshop is open on Sundays says nothing of the office.
 */
export function unknownSchedule({
  claimed,
  words,
  facts,
}: {
  claimed: Schedule;
  /** What the claim is about, best first: its own words, then those of the question. */
  words: readonly (readonly string[])[];
  facts: readonly ScheduleFact[];
}): string[] {
  if (!says(claimed)) return [];
  const spoken = facts.filter(({ schedule }) => says(schedule));
  const related = words
    .map((about) =>
      spoken.filter((fact) => about.some((word) => fact.words.some((each) => isSameWord(each, word)))),
    )
    .find(({ length }) => length > 0);
  const known = merged((related ?? spoken).map(({ schedule }) => schedule));
  // „По понедельникам не работаем“: on the other days we do.
  const isByClosed = known.days.size === 0 && known.closed.size > 0;
  const isOpen = (day: Day) => !known.closed.has(day) && (known.isDaily || isByClosed || known.days.has(day));
  return [
    ...[...claimed.days].filter((day) => !isOpen(day)),
    ...[...claimed.closed].filter(isOpen),
    ...(claimed.everyDay && !DAYS.every(isOpen) ? ['ежедневно'] : []),
    ...(claimed.aroundTheClock && !known.aroundTheClock ? ['круглосуточно'] : []),
  ];
}

const says = ({ days, closed, everyDay, aroundTheClock }: Schedule) =>
  days.size > 0 || closed.size > 0 || everyDay || aroundTheClock;

function merged(schedules: readonly Schedule[]) {
  const aroundTheClock = schedules.some((each) => each.aroundTheClock);
  return {
    days: new Set(schedules.flatMap(({ days }) => [...days])),
    closed: new Set(schedules.flatMap(({ closed }) => [...closed])),
    isDaily: aroundTheClock || schedules.some(({ everyDay }) => everyDay),
    aroundTheClock,
  };
}
