import { expect, test } from 'vitest';
import { otherScripts } from './other-scripts.ts';

test.each([
  ['логан', 'logan'],
  ['dostavka', 'доставка'],
  ['ljcnfdrf', 'доставка'],
  ['shapka', 'шапка'],
])('„%s“ is looked up as „%s“ too', (word, other) => {
  expect(otherScripts(word)).toContain(other);
});

test('numbers, mixed words and very short ones have no other script', () => {
  for (const word of ['128', 'айphone', 'по', 'x']) expect(otherScripts(word)).toEqual([]);
});
