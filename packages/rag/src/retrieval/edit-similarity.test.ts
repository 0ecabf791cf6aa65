import { expect, test } from 'vitest';
import { editSimilarity } from './edit-similarity.ts';

test.each([
  ['доставк', 'доставк', 1],
  ['доставк', 'дотсавк', 6 / 7], // two neighbours swapped count once
  ['гарант', 'гарнт', 5 / 6],
  ['гарант', 'гараннт', 6 / 7],
  ['торг', 'торт', 3 / 4],
  ['', '', 1],
  ['а', '', 0],
])('„%s“ and „%s“ are %d alike', (a, b, similarity) => {
  expect(editSimilarity(a, b)).toBeCloseTo(similarity);
  expect(editSimilarity(b, a)).toBeCloseTo(similarity);
});
