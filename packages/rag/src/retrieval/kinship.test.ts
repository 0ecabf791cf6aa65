import { expect, test } from 'vitest';
import { kinship } from './kinship.ts';

test('a part finds the compound, and words of one family find each other', () => {
  expect(kinship('самокат', 'электросамокат')).toBeGreaterThan(0);
  expect(kinship('обслужив', 'обслужен')).toBeGreaterThan(0);
});

test('a compound does not find its part: it asks for something else', () => {
  expect(kinship('электровелосипед', 'велосипед')).toBe(0);
});

test('short beginnings make no family', () => {
  expect(kinship('прокол', 'прокат')).toBe(0);
  expect(kinship('дом', 'домофон')).toBe(0);
});
