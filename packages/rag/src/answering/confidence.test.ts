import { expect, test } from 'vitest';
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
