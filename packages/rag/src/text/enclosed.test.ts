import { expect, test } from 'vitest';
import { replaceEnclosed } from './enclosed.ts';

const withoutBraces = (text: string) =>
  replaceEnclosed({
    text,
    opening: /\[|\{/g,
    closing: ([opened]) => (opened === '[' ? /\]/g : /\}/g),
    replacement: ({ opened: [mark], inner }) => `${mark === '[' ? 'список' : 'запись'} „${inner}“`,
  });

test('what is closed is replaced, by the first that closes it', () => {
  expect(withoutBraces('а [б {в] г} д {е} ж')).toBe('а список „б {в“ г} д запись „е“ ж');
});

test('what nothing closes stays, and hides nothing behind it', () => {
  expect(withoutBraces('[а {б} {в')).toBe('[а запись „б“ {в');
});

test('a hundred thousand openings without end are read at once', () => {
  const text = '[{'.repeat(200_000);
  expect(withoutBraces(text)).toBe(text);
});
