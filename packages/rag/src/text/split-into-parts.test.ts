import { assert, integer, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { splitIntoParts } from './split-into-parts.ts';

test('a text that fits is one part, an empty one is none', () => {
  expect(splitIntoParts('Да, есть.', 1_000)).toEqual(['Да, есть.']);
  expect(splitIntoParts('  ', 1_000)).toEqual([]);
});

test('parts end with sentences where they can', () => {
  expect(splitIntoParts('Первое предложение. Второе предложение. Третье.', 45)).toEqual([
    'Первое предложение. Второе предложение.',
    'Третье.',
  ]);
});

test('a paragraph is the better end', () => {
  expect(splitIntoParts('Раз. Два.\n\nТри. Четыре. Пять.', 18)).toEqual(['Раз. Два.', 'Три. Четыре. Пять.']);
});

test('a surrogate pair is never cut', () => {
  expect(splitIntoParts('😀😀😀', 3)).toEqual(['😀', '😀', '😀']);
});

test('nothing but white space is lost, and no part is too long', () => {
  const wordsOf = (text: string) => text.replaceAll(/\s/g, '');
  assert(
    property(string({ maxLength: 300 }), integer({ min: 2, max: 60 }), (text, maxLength) => {
      const parts = splitIntoParts(text, maxLength);
      expect(parts.every((part) => part.length <= maxLength && part.length > 0)).toBe(true);
      expect(wordsOf(parts.join(''))).toBe(wordsOf(text));
    }),
  );
});

test('quotation marks without end are cut at once', () => {
  const text = `.${'"'.repeat(2_000_000)}`;
  expect(splitIntoParts(text, 1_000_000).join('')).toBe(text);
});
