/** `2026-11-22 12:05 UTC`; nothing where there is no date. */
export const minuteOf = (date: Date | null) =>
  date === null ? '' : `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
