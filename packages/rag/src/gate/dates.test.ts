import { expect, test } from 'vitest';
import { datesIn, isKnownDate } from './dates.ts';

test.each([
  ['до 15 мая включительно', ['15.5']],
  ['с 1-го июня 2026 года', ['1.6.2026']],
  ['01.06.2026 и 02.06.26', ['1.6.2026', '2.6.2026']],
  ['с 31.12 по 08.01', ['31.12', '8.1']],
  ['открываемся в марте', ['3']],
  ['цена 5.10 ₽, в 10.30, 3.5 кг, 12.50 руб.', []],
  ['майка, мартовский кот', []],
])('in „%s“ stands %j', (text, dates) => {
  expect(datesIn(text).dates).toEqual(dates);
});

test('a date is no number any more', () => {
  expect(datesIn('до 15 мая').rest).not.toMatch(/\d/);
});

test.each([
  ['15.5', ['15.5.2026'], true],
  ['15.5.2026', ['15.5'], false],
  ['15.5', ['16.5'], false],
  ['5', ['15.5'], true],
  ['6', ['15.5'], false],
])('%s is known by %j: %s', (claimed, known, isKnown) => {
  expect(isKnownDate(claimed, known)).toBe(isKnown);
});
