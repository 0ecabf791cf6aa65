import { expect, test } from 'vitest';
import { joinedWords, withoutStuckWord } from './word-spaces.ts';

test('a word may be half of one that was typed with a space in it', () => {
  expect(joinedWords('рас', ['есть', 'рас', 'срочка'])).toEqual(['естьрас', 'рассрочка']);
  expect(joinedWords('личные', ['на', 'личные'])).toEqual(['наличные']);
  expect(joinedWords('срочка', ['доставка'])).toEqual([]);
});

test('numbers are no halves of words', () => {
  expect(joinedWords('размер', ['43', 'размер', '44'])).toEqual([]);
});

test.each([
  ['вналичии', 'наличии'],
  ['сколькодоставка', 'доставка'],
  ['доставкаесть', 'доставка'],
  ['наавито', 'авито'],
])('„%s“ may be „%s“ with a word that asks', (word, rest) => {
  expect(withoutStuckWord(word)).toContain(rest);
});

test('a short word is whole', () => {
  for (const word of ['вход', 'скот', 'окно']) expect(withoutStuckWord(word)).toEqual([]);
});
