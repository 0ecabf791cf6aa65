import { expect, test } from 'vitest';
import { askedKind, tells } from './asked-kind.ts';
import { builtInWeights, CONFIDENCE_VERSION } from './confidence.ts';

test('weights that change raise the version, so that thresholds of the earlier ones count no more', () => {
  expect({ CONFIDENCE_VERSION, ...builtInWeights }).toEqual({
    CONFIDENCE_VERSION: 2,
    bias: -4.62,
    sentence: 2.83,
    worst: -2.31,
    echo: 3.31,
    dense: 2.14,
    likeness: 1.81,
    numbers: -0.75,
    place: 1.78,
    number: -0.91,
    way: 1.56,
  });
});

test('so does what they weigh: which kind a question is of, and what tells it', () => {
  expect(CONFIDENCE_VERSION).toBe(2);
  expect(['сколько человек', 'доставка сколько'].map(askedKind)).toEqual(['number', 'amount']);
  expect(tells('price', 'Товар: Чехол; Цена: 590')).toBe(true);
});
