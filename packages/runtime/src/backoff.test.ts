import { expect, test } from 'vitest';
import { backoffDelay } from './backoff.ts';

const policy = { baseMs: 100, maxMs: 1_000 };

test('the delay doubles with each attempt up to the bound', () => {
  const delays = [1, 2, 3, 4, 5, 60].map((attempt) => backoffDelay({ ...policy, attempt, random: 1 }));
  expect(delays).toEqual([100, 200, 400, 800, 1_000, 1_000]);
});

test('jitter takes at most half of the step away', () => {
  expect(backoffDelay({ ...policy, attempt: 3, random: 0 })).toBe(200);
});
