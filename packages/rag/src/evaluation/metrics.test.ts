import { expect, test } from 'vitest';
import { mean, ndcgAt, percentile, recallAt, reciprocalRankAt } from './metrics.ts';

const relevant = new Map([
  ['a', 1],
  ['b', 1],
]);

test('a perfect ranking scores one everywhere', () => {
  const judged = { ranked: ['b', 'a', 'x'], relevant };
  expect([ndcgAt(10, judged), recallAt(10, judged), reciprocalRankAt(10, judged)]).toEqual([1, 1, 1]);
});

test('what comes late or not at all costs', () => {
  const judged = { ranked: ['x', 'a'], relevant };
  expect(ndcgAt(10, judged)).toBeCloseTo(1 / Math.log2(3) / (1 + 1 / Math.log2(3)));
  expect(recallAt(10, judged)).toBe(0.5);
  expect(reciprocalRankAt(10, judged)).toBe(0.5);
});

test('only the first k count', () => {
  const judged = { ranked: ['x', 'a'], relevant };
  expect([ndcgAt(1, judged), recallAt(1, judged), reciprocalRankAt(1, judged)]).toEqual([0, 0, 0]);
});

test('mean and percentile of nothing are zero', () => {
  expect([mean([]), percentile(0.95, [])]).toEqual([0, 0]);
  expect(percentile(0.95, [5, 1, 4, 2, 3])).toBe(5);
  expect(percentile(0.5, [5, 1, 4, 2, 3])).toBe(3);
});
