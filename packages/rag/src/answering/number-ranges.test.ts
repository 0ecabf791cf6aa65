import { expect, test } from 'vitest';
import { isInRange, numberRanges } from './number-ranges.ts';

test.each([
  ['размеры 41–47, 2 400 руб.', [41, 47]],
  ['размеры 39-46', [39, 46]],
  ['рост от 158 до 188 см', [158, 188]],
  ['с 9:30 до 19:00', [9, 19]],
  ['дети с 3 по 12 лет', [3, 12]],
  ['от 1 000 до 15 000 рублей', [1_000, 15_000]],
  ['весом 41 – 47 кг', [41, 47]],
])('„%s“ has a range', (text, [from, to]) => {
  expect(numberRanges(text)).toContainEqual({ from, to });
});

test.each(['номер +7 833 255-14-90', 'улица Мира, 17-а', 'модель 900-450', '01.12–15.12', 'код 2-47-11'])(
  '„%s“ has none',
  (text) => {
    expect(numberRanges(text)).toEqual([]);
  },
);

test('what lies in between is said, the ends too', () => {
  const ranges = numberRanges('размеры 41–47');
  expect(['40', '41', '43', '47', '48'].map((number) => isInRange(ranges, number))).toEqual([
    false,
    true,
    true,
    true,
    false,
  ]);
  expect(isInRange(ranges, 'размер')).toBe(false);
});

test.each([
  ['С собакой до 10 кг', '5', '12'],
  ['скидка от 7 ночей', '10', '3'],
  ['от двенадцати кубов', '14', '2'],
  ['рост от 158 до 188', '176', '190'],
  ['с 9:30 до 19:00', '15', '8'],
])('„%s“ is a rule for %s, not for %s', (text, beyond, not) => {
  const ranges = numberRanges(text);
  expect([isInRange(ranges, beyond), isInRange(ranges, not)]).toEqual([true, false]);
});

test('a number in words is the number', () => {
  expect(isInRange(numberRanges('рассчитана на трёх человек'), '3')).toBe(true);
  expect(isInRange(numberRanges('размеры 39–46'), 'сорок')).toBe(true);
  expect(isInRange(numberRanges('рассчитана на трёх человек'), '4')).toBe(false);
});
