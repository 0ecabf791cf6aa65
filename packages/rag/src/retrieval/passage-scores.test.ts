import { expect, test } from 'vitest';
import { scoresOf } from './passage-scores.ts';

const ranking = {
  hits: [
    { chunkId: 3, score: 0.03 },
    { chunkId: 1, score: 0.02 },
  ],
  lexical: [
    { chunkId: 1, score: 7 },
    { chunkId: 2, score: 5 },
  ],
  dense: [
    { chunkId: 3, similarity: 0.9 },
    { chunkId: 2, similarity: 0.8 },
  ],
};

test('a passage has the place and score of its best chunk in each leg', () => {
  expect(scoresOf({ chunkIds: [2, 1] }, ranking)).toEqual({
    fused: 0.02,
    lexical: { rank: 1, score: 7 },
    dense: { rank: 2, score: 0.8 },
  });
});

test('a leg that did not find it says so', () => {
  expect(scoresOf({ chunkIds: [3] }, ranking)).toMatchObject({ lexical: null, dense: { rank: 1 } });
  expect(scoresOf({ chunkIds: [9] }, ranking)).toEqual({ fused: 0, lexical: null, dense: null });
});
