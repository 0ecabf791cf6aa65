import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { itemFirst } from './item-first.ts';

const inOrder = (hits: string[], limit: number) =>
  itemFirst({ hits, isOfItem: (hit) => hit.startsWith('item'), limit });

test('the listing’s own chunks go first, in their order', () => {
  expect(inOrder(['shop 1', 'item 1', 'shop 2', 'item 2'], 4)).toEqual([
    'item 1',
    'item 2',
    'shop 1',
    'shop 2',
  ]);
});

test('half of the places stay for the general base', () => {
  expect(inOrder(['shop', 'item 1', 'item 2', 'item 3'], 4)).toEqual(['item 1', 'item 2', 'shop', 'item 3']);
});

test('nothing is lost or doubled', () => {
  const hits = fc.uniqueArray(
    fc.tuple(fc.constantFrom('item', 'shop'), fc.nat()).map((pair) => pair.join(' ')),
  );
  fc.assert(
    fc.property(hits, fc.integer({ min: 1, max: 20 }), (some, limit) => {
      expect(inOrder(some, limit).toSorted()).toEqual(some.toSorted());
    }),
  );
});
