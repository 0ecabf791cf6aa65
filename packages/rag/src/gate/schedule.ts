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
  'ежедневно|каждый день|без выходных|круглосуточно|семь дней в неделю|7 дней в неделю|24/7',
  'iu',
);
const WEEKDAYS = whole('будн(?:и|ям|ях|ий|ие|ей)|рабочие дни|по рабочим дням', 'iu');
const WEEKEND = whole('выходн(?:ые|ым|ых)(?: дни| дням)?', 'iu');
const NO_WEEKEND = whole('без выходных');
const AROUND_THE_CLOCK = whole('круглосуточно|24/7|24 часа(?: в сутки)?', 'iu');

const dayOf = (word: string) =>
  DAY_WORDS.find(([pattern]) => new RegExp(`^(?:${pattern.source})$`, 'iu').test(word))?.[1];

/** What a text says of days of the week and opening around the clock. */
export type Schedule = { days: Set<Day>; everyDay: boolean; aroundTheClock: boolean };

export function scheduleIn(text: string): Schedule {
  const days = new Set<Day>();
  for (const [, from = '', to = ''] of text.matchAll(DAY_RANGE)) {
    const [first, last] = [dayOf(from), dayOf(to)].map((day) => DAYS.findIndex((each) => each === day));
    if (first === undefined || last === undefined) continue;
    for (const day of DAYS.slice(first, last + 1)) days.add(day);
  }
  for (const [word] of text.matchAll(DAY_ALONE)) {
    const day = dayOf(word);
    if (day !== undefined) days.add(day);
  }
  const everyDay = EVERY_DAY.test(text);
  if (WEEKDAYS.test(text)) for (const day of DAYS.slice(0, 5)) days.add(day);
  if (WEEKEND.test(text.replaceAll(NO_WEEKEND, ''))) for (const day of DAYS.slice(5)) days.add(day);
  return { days, everyDay, aroundTheClock: AROUND_THE_CLOCK.test(text) };
}

/** What is claimed beyond what is known: days, every day, the whole clock. */
export function unknownSchedule(claimed: Schedule, known: Schedule): string[] {
  const isDaily = known.everyDay || known.aroundTheClock || DAYS.every((day) => known.days.has(day));
  return [
    ...[...claimed.days].filter((day) => !isDaily && !known.days.has(day)),
    ...(claimed.everyDay && !isDaily ? ['ежедневно'] : []),
    ...(claimed.aroundTheClock && !known.aroundTheClock ? ['круглосуточно'] : []),
  ];
}
