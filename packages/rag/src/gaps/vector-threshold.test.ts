import { expect, test } from 'vitest';
import { sameQuestionCosine } from './vector-threshold.ts';

test('lies well above what is usual between two questions, whatever the model', () => {
  const wide = sameQuestionCosine({ mean: 0.35, deviation: 0.1, questions: 40 });
  const narrow = sameQuestionCosine({ mean: 0.85, deviation: 0.02, questions: 40 });
  expect(wide).toBeCloseTo(0.65);
  expect(narrow).toBeCloseTo(0.91);
});

test('is careful while there is little to compare with, and never unreachable', () => {
  expect(sameQuestionCosine(undefined)).toBe(0.93);
  expect(sameQuestionCosine({ mean: 0.1, deviation: 0.1, questions: 5 })).toBe(0.93);
  expect(sameQuestionCosine({ mean: 0.9, deviation: 0.2, questions: 40 })).toBe(0.97);
});
