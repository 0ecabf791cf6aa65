import { expect, test } from 'vitest';
import { defaultFusionWeights, fuseRankings } from './fusion.ts';

const ids = (...chunkIds: number[]) => chunkIds.map((chunkId) => ({ chunkId }));
const order = (input: Parameters<typeof fuseRankings>[0]) =>
  fuseRankings(input).map(({ chunkId }) => chunkId);

test('one leg alone keeps its order', () => {
  expect(order({ dense: [], lexical: ids(3, 1, 2), weights: defaultFusionWeights })).toEqual([3, 1, 2]);
});

test('what both legs find goes first', () => {
  expect(order({ dense: ids(1, 2), lexical: ids(3, 2), weights: { dense: 1, lexical: 1 } })).toEqual([
    2, 1, 3,
  ]);
});

test('by default a dense hit outranks a lexical one, which decides between dense neighbours', () => {
  expect(order({ dense: ids(1, 2, 3), lexical: ids(9, 3), weights: defaultFusionWeights })).toEqual([
    3, 1, 2, 9,
  ]);
});

test('a leg of no weight changes nothing', () => {
  expect(order({ dense: ids(1, 2), lexical: ids(2, 1), weights: { dense: 1, lexical: 0 } })).toEqual([1, 2]);
});
