import { expect, test } from 'vitest';
import { keepBestOfLegs } from './leg-places.ts';

const hitsOf = (...chunkIds: number[]) => chunkIds.map((chunkId) => ({ chunkId }));
const idsOf = (hits: readonly { chunkId: number }[]) => hits.map(({ chunkId }) => chunkId);
const fused = hitsOf(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);

test('the best by words stays among the first, though the sum of ranks put it behind', () => {
  const legs = [hitsOf(1, 2, 3, 4, 5, 6, 7, 8), hitsOf(10, 9)];
  expect(idsOf(keepBestOfLegs({ hits: fused, legs, limit: 4 }))).toEqual([1, 2, 3, 10, 4, 5, 6, 7, 8, 9]);
  expect(idsOf(keepBestOfLegs({ hits: fused, legs, limit: 8 }))).toEqual([1, 2, 3, 4, 5, 6, 9, 10, 7, 8]);
});

test('nothing moves where they are there already, or where too few places are asked for', () => {
  expect(idsOf(keepBestOfLegs({ hits: fused, legs: [hitsOf(2, 1), hitsOf(3, 1)], limit: 8 }))).toEqual(
    idsOf(fused),
  );
  expect(idsOf(keepBestOfLegs({ hits: fused, legs: [hitsOf(10)], limit: 3 }))).toEqual(idsOf(fused));
});

test('whatever the legs say, nothing is lost and nothing comes twice', () => {
  const legs = [hitsOf(10, 9, 8), hitsOf(7, 6, 5), hitsOf(99)];
  for (const limit of [1, 2, 4, 8, 12]) {
    expect(idsOf(keepBestOfLegs({ hits: fused, legs, limit })).toSorted((a, b) => a - b)).toEqual(
      idsOf(fused),
    );
  }
});
