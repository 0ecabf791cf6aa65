import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { rankByBm25 } from './bm25.ts';

type Posting = { chunkId: number; frequency: number; terms: number };
type List = { slot: number; weight: number; postings: Posting[] };

const packed = (postings: readonly Posting[]) => {
  const bytes = Buffer.alloc(postings.length * 8);
  for (const [index, { chunkId, frequency, terms }] of postings.entries())
    bytes.writeBigUInt64BE((BigInt(chunkId) << 20n) | (BigInt(frequency) << 12n) | BigInt(terms), index * 8);
  return bytes;
};
const rank = (lists: readonly List[], limit = 10) =>
  rankByBm25({
    lists: lists.map((list) => ({ ...list, postings: packed(list.postings) })),
    averageTerms: 40,
    limit,
  });

/** As it is written in the books, chunk by chunk. */
function ranked(lists: readonly List[], limit: number) {
  const best = new Map<number, Map<number, number>>();
  for (const { slot, weight, postings } of lists) {
    for (const { chunkId, frequency, terms } of postings) {
      const score = (weight * frequency * 1.9) / (frequency + 0.9 * (0.6 + (0.4 * terms) / 40));
      const slots = best.get(chunkId) ?? new Map<number, number>();
      best.set(chunkId, slots.set(slot, Math.max(score, slots.get(slot) ?? 0)));
    }
  }
  return [...best]
    .map(([chunkId, slots]) => ({ chunkId, score: [...slots.values()].reduce((sum, one) => sum + one, 0) }))
    .toSorted((a, b) => b.score - a.score || a.chunkId - b.chunkId)
    .slice(0, limit);
}

const ids = fc.oneof(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 1, max: 2 ** 43 }));
const postings = fc.uniqueArray(
  fc.record({
    chunkId: ids,
    frequency: fc.integer({ min: 1, max: 255 }),
    terms: fc.integer({ min: 1, max: 4_095 }),
  }),
  { selector: ({ chunkId }) => chunkId, maxLength: 40 },
);
const listsOfSlots = fc
  .array(fc.record({ slot: fc.nat(4), weight: fc.double({ min: 0.1, max: 12, noNaN: true }), postings }), {
    maxLength: 8,
  })
  .map((lists) => lists.toSorted((a, b) => a.slot - b.slot));

test('the ranking is that of the formula, whatever the ids, lengths and slots', () => {
  fc.assert(
    fc.property(listsOfSlots, fc.integer({ min: 1, max: 50 }), (lists, limit) => {
      const found = rank(lists, limit);
      const right = ranked(lists, limit);
      expect(found).toHaveLength(right.length);
      for (const [index, { score }] of right.entries()) expect(found[index]?.score).toBeCloseTo(score, 9);
    }),
  );
});

test('of lists that stand for one word only the best counts', () => {
  const one = { frequency: 1, terms: 40 };
  const [both] = rank([
    { slot: 0, weight: 2, postings: [{ chunkId: 7, ...one }] },
    { slot: 0, weight: 3, postings: [{ chunkId: 7, ...one }] },
    { slot: 0, weight: 1, postings: [{ chunkId: 7, ...one }] },
  ]);
  const [alone] = rank([{ slot: 0, weight: 3, postings: [{ chunkId: 7, ...one }] }]);
  expect(both?.score).toBeCloseTo(alone?.score ?? 0, 9);
});

test('one ranking leaves nothing behind for the next', () => {
  rank([{ slot: 0, weight: 9, postings: [{ chunkId: 1, frequency: 9, terms: 1 }] }]);
  const found = rank([{ slot: 0, weight: 1, postings: [{ chunkId: 2, frequency: 1, terms: 40 }] }]);
  expect(found).toEqual([{ chunkId: 2, score: expect.closeTo(1, 9) }]);
});

test('of equal chunks the earlier goes first', () => {
  const chunks = [9, 3, 700].map((chunkId) => ({ chunkId, frequency: 1, terms: 40 }));
  expect(rank([{ slot: 0, weight: 1, postings: chunks }], 2).map(({ chunkId }) => chunkId)).toEqual([3, 9]);
});
