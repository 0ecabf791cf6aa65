import type { BusinessHours, DayInterval } from '@avito-autoreply/config';

const MINUTE_MS = 60_000;
const DAY_MINUTES = 1_440;
/** Further back nobody looks for the last open minute; a longer closure counts as one of two weeks. */
const LOOK_BACK_MINUTES = 14 * DAY_MINUTES;

/** Minutes of the wall clock since 1970: local days and weeks are then plain arithmetic. */
function wallMinute({ timeZone, at }: { timeZone: string; at: number }): number {
  const parts = new Intl.DateTimeFormat('en', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  }).formatToParts(at);
  const part = (type: Intl.DateTimeFormatPartTypes) =>
    Number(parts.find((candidate) => candidate.type === type)?.value);
  return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute')) / MINUTE_MS;
}

const isOvernight = ({ from, to }: DayInterval) => to < from;
const startsOn = (interval: DayInterval, minute: number) =>
  minute >= interval.from && (isOvernight(interval) || minute < interval.to);
const reachesFromYesterday = (interval: DayInterval, minute: number) =>
  isOvernight(interval) && minute < interval.to;

function intervalsOf(hours: BusinessHours, day: number): readonly DayInterval[] {
  const date = new Date(day * DAY_MINUTES * MINUTE_MS);
  const text = date.toISOString().slice(0, 10);
  if (hours.holidays.includes(text) || hours.holidays.includes(text.slice(5))) return [];
  return hours.weekly[date.getUTCDay()] ?? [];
}

function isOpenAt(hours: BusinessHours, wall: number): boolean {
  const day = Math.floor(wall / DAY_MINUTES);
  const minute = wall - day * DAY_MINUTES;
  const isWorkTime =
    intervalsOf(hours, day).some((interval) => startsOn(interval, minute)) ||
    intervalsOf(hours, day - 1).some((interval) => reachesFromYesterday(interval, minute));
  const isBreak = hours.breaks.some(
    (interval) => startsOn(interval, minute) || reachesFromYesterday(interval, minute),
  );
  return isWorkTime && !isBreak;
}

export type OpenState = { isOpen: true } | { isOpen: false; closedSince: number };

/** Open at that moment? If not: since when. A night in which the clocks change may be an hour off. */
export function openState({ hours, at }: { hours: BusinessHours | null; at: number }): OpenState {
  if (hours === null) return { isOpen: true };
  const wall = wallMinute({ timeZone: hours.timeZone, at });
  if (isOpenAt(hours, wall)) return { isOpen: true };
  let closed = 1;
  while (closed < LOOK_BACK_MINUTES && !isOpenAt(hours, wall - closed)) closed += 1;
  const wholeMinute = at - (at % MINUTE_MS);
  return { isOpen: false, closedSince: wholeMinute - (closed - 1) * MINUTE_MS };
}
