import { expect, test } from 'vitest';
import { classShare } from './class-share.ts';

const share = (word: string, kind: 'known' | 'unknown' = 'unknown') =>
  classShare({ slot: 0, word, mass: 1, kind, terms: [] });

test('what is asked about counts wholly, what wraps it for less', () => {
  expect(share('велосипед')).toBe(1);
  expect(share('гарантия')).toBe(1);
  expect(share('нормально')).toBeLessThan(share('красивенько'));
  expect(share('нормально')).toBeLessThan(share('нормально', 'known'));
  expect(share('стоит')).toBeLessThan(1);
  expect(share('128')).toBeLessThan(1);
  expect(share('пять')).toBe(share('128'));
  expect(share('берете', 'known')).toBeLessThan(1);
});

test('a verb that nobody knows says less than a noun, one that the base has says as much', () => {
  expect(share('побренчать')).toBeLessThan(1);
  expect(share('побренчать', 'known')).toBe(1);
});
