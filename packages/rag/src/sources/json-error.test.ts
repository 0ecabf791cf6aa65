import { assert, json, nat, property } from 'fast-check';
import { expect, test } from 'vitest';
import { jsonErrorAt } from './json-error.ts';

test.each([
  ['a comma is missing', '[\n {"a": 1},\n {"b": 2 "c": 3}\n]', { line: 3, column: 10, isEnd: false }],
  ['there is one too many', '[\n {"a": 1},\n]', { line: 3, column: 1, isEnd: false }],
  ['a quotation mark is of another kind', '[{"a": «да»}]', { line: 1, column: 8, isEnd: false }],
  ['a name has none', '{a: 1}', { line: 1, column: 2, isEnd: false }],
  ['a text goes over its line', '["а\nб"]', { line: 1, column: 2, isEnd: false }],
  ['a bracket closes what is not open', '[{"a": 1]', { line: 1, column: 9, isEnd: false }],
  ['something comes after the end', '[1] x', { line: 1, column: 5, isEnd: false }],
  ['it breaks off', '[{"a": 1},\n', { line: 2, column: 1, isEnd: true }],
])('the place is told where %s', (_, text, place) => {
  expect(jsonErrorAt(text)).toEqual(place);
});

test('JSON is JSON to its end, and cut off before it breaks off where it is cut', () => {
  assert(
    property(json(), nat(), (text, at) => {
      expect(jsonErrorAt(text)).toMatchObject({ isEnd: true });
      const cut = `[${text}`.slice(0, 1 + (at % (text.length + 1)));
      const { column } = jsonErrorAt(cut);
      expect(column).toBeLessThanOrEqual(cut.length + 1);
    }),
  );
});
