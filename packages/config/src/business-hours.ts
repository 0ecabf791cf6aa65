import { z } from 'zod';

/** Minutes since midnight, local time. `to` below `from` reaches into the next day; 1440 is its end. */
export type DayInterval = { from: number; to: number };

export type BusinessHours = {
  /** An IANA name. */
  timeZone: string;
  /** From Sunday (0) to Saturday (6), as Date.getUTCDay counts. No interval: closed all day. */
  weekly: readonly (readonly DayInterval[])[];
  /** Closed on every day. */
  breaks: readonly DayInterval[];
  /** `2027-01-08`, or `01-08` for every year: closed all day. */
  holidays: readonly string[];
};

const days = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;

const TIME = '([01]\\d|2[0-3]):([0-5]\\d)|24:00';
const INTERVAL = new RegExp(`^(${TIME})-(${TIME})$`);

const minutesOf = (time: string): number => {
  const [hours, minutes] = time.split(':').map(Number);
  return (hours ?? 0) * 60 + (minutes ?? 0);
};

const interval = z
  .string()
  .regex(INTERVAL, 'must be two times of a day, such as 09:00-18:00')
  .transform((text): DayInterval => {
    const [from = '', to = ''] = text.split('-');
    return { from: minutesOf(from), to: minutesOf(to) };
  })
  .refine(({ from, to }) => from !== to, 'must not end when it begins; the whole day is 00:00-24:00');

const intervals = z.array(interval).default([]);

function isTimeZone(name: string): boolean {
  try {
    return Intl.DateTimeFormat('en', { timeZone: name }) !== undefined;
  } catch {
    return false;
  }
}

/** `2028-02-29` and `02-29` exist, `02-30` does not. */
function isDate(text: string): boolean {
  const full = text.length === 5 ? `2028-${text}` : text;
  const time = Date.parse(`${full}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(full);
}

const holiday = z
  .string()
  .regex(/^(\d{4}-)?\d{2}-\d{2}$/, 'must be a date such as 2027-01-08, or 01-08 for every year')
  .refine(isDate, 'is not a date of the calendar');

export const businessHours = z
  .strictObject({
    time_zone: z
      .string()
      .refine(isTimeZone, 'must be an IANA time zone such as Europe/Moscow')
      .default('Europe/Moscow'),
    weekly: z.strictObject({
      mon: intervals,
      tue: intervals,
      wed: intervals,
      thu: intervals,
      fri: intervals,
      sat: intervals,
      sun: intervals,
    }),
    breaks: intervals,
    holidays: z.array(holiday).default([]),
  })
  .transform(({ time_zone: timeZone, weekly, breaks, holidays }): BusinessHours => {
    return { timeZone, weekly: days.map((day) => weekly[day]), breaks, holidays };
  });
