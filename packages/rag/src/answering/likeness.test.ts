import { expect, test } from 'vitest';
import { likenessTo } from './likeness.ts';

const part = (...lexemes: string[]) => ({ lexemes: new Set(lexemes), things: new Set<number>(), ranges: [] });
const like = (word: string, ...lexemes: string[]) => likenessTo(part(...lexemes), [{ word, share: 1 }]);

test('words of one family and slips are like each other, strangers are not', () => {
  expect(like('бронирование', 'бронир')).toBeGreaterThan(0.6);
  expect(like('чисать', 'вычесыва', 'чисат')).toBeGreaterThan(0.8);
  expect(like('бронирование', 'доставк')).toBe(0);
});

test('the likest counts, each word by its share', () => {
  expect(like('матрас', 'доставк', 'матрац')).toBe(like('матрас', 'матрац'));
  const words = [
    { word: 'матрас', share: 1 },
    { word: 'матрас', share: 0.5 },
  ];
  expect(likenessTo(part('матрац'), words)).toBeCloseTo(1.5 * like('матрас', 'матрац'));
});

test('short words are like others by chance only', () => {
  expect(like('чек', 'чек')).toBe(0);
  expect(like('чеки', 'че')).toBe(0);
  expect(likenessTo(part('чек'), [])).toBe(0);
});
