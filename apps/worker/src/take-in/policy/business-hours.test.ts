import type { BusinessHours } from '@avito-autoreply/config';
import { describe, expect, test } from 'vitest';
import { openState } from './business-hours.ts';

const at = (from: string, to: string) => {
  const minutes = (text: string) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3));
  return { from: minutes(from), to: minutes(to) };
};
const day = [at('09:00', '13:00'), at('14:00', '18:00')];
const shop: BusinessHours = {
  timeZone: 'Europe/Moscow',
  weekly: [[], day, day, day, day, [at('10:00', '02:00')], [at('10:00', '24:00')]],
  breaks: [at('16:00', '16:15')],
  holidays: ['2027-01-08', '05-01'],
};
const state = (time: string, hours: BusinessHours | null = shop) =>
  openState({ hours, at: Date.parse(time) });
const since = (time: string) => ({ isOpen: false, closedSince: Date.parse(time) });
const open = { isOpen: true };

describe('openState', () => {
  // 23 November 2026 is a Monday.
  test.each([
    ['the first minute', '2026-11-23T09:00:00+03:00', open],
    ['the last second before lunch', '2026-11-23T12:59:59+03:00', open],
    ['lunch', '2026-11-23T13:00:00+03:00', since('2026-11-23T13:00:00+03:00')],
    ['the end of lunch', '2026-11-23T13:59:30+03:00', since('2026-11-23T13:00:00+03:00')],
    ['the afternoon', '2026-11-23T14:00:00+03:00', open],
    ['the break of every day', '2026-11-23T16:05:00+03:00', since('2026-11-23T16:00:00+03:00')],
    ['after it', '2026-11-23T16:15:00+03:00', open],
    ['closing time', '2026-11-23T18:00:00+03:00', since('2026-11-23T18:00:00+03:00')],
    ['the next morning is the same night', '2026-11-24T08:59:00+03:00', since('2026-11-23T18:00:00+03:00')],
    ['a Friday night that reaches into Saturday', '2026-11-28T01:59:00+03:00', open],
    ['and ends', '2026-11-28T02:00:00+03:00', since('2026-11-28T02:00:00+03:00')],
    ['24:00 is the end of Saturday', '2026-11-28T23:59:59+03:00', open],
    ['Sunday is closed since then', '2026-11-29T12:00:00+03:00', since('2026-11-29T00:00:00+03:00')],
    ['a holiday of one year, a Friday', '2027-01-08T12:00:00+03:00', since('2027-01-07T18:00:00+03:00')],
    ['its night is closed as well', '2027-01-09T01:00:00+03:00', since('2027-01-07T18:00:00+03:00')],
    ['the same date a year later, a Saturday', '2028-01-08T12:00:00+03:00', open],
    ['a holiday of every year', '2028-05-01T12:00:00+03:00', since('2028-04-30T00:00:00+03:00')],
  ])('%s: %s', (_name, time, expected) => {
    expect(state(time)).toEqual(expected);
  });

  test('it is the wall clock of the zone that counts, in summer and in winter', () => {
    const berlin = { ...shop, timeZone: 'Europe/Berlin' };
    expect(state('2026-07-06T07:00:00Z', berlin)).toEqual(open);
    expect(state('2026-11-23T07:30:00Z', berlin)).toMatchObject({ isOpen: false });
    expect(state('2026-11-23T08:00:00Z', berlin)).toEqual(open);
  });

  test('without hours it is always open', () => {
    expect(state('2026-11-29T03:00:00+03:00', null)).toEqual(open);
  });

  test('a shop that never opens is closed for two weeks at the most, so that its text comes again some day', () => {
    const never = { ...shop, weekly: [] };
    expect(state('2026-11-29T03:00:00+03:00', never)).toEqual(since('2026-11-15T03:01:00+03:00'));
  });
});
