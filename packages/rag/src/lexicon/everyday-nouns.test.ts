import { expect, test } from 'vitest';
import { defaultLexicon } from './lexicon.ts';

const thingsOf = (word: string) => new Set(defaultLexicon.thingsOf(word));
const areOne = (word: string, other: string) =>
  [...thingsOf(word)].some((thing) => thingsOf(other).has(thing));
const hintsOf = (word: string) =>
  [...thingsOf(word)].flatMap((index) => defaultLexicon.things[index]?.hints ?? []);

test.each([
  ['феерверк', 'салюты'],
  ['болячки', 'болезней'],
  ['щебенку', 'гравия'],
  ['котик', 'кошки'],
  ['чт', 'четвергам'],
  ['кубик', 'кубометров'],
  ['родной', 'оригинальный'],
])('„%s“ and „%s“ are one thing', (word, other) => {
  expect(areOne(word, other)).toBe(true);
});

test.each([
  ['йорк', 'собака'],
  ['камаз', 'машина'],
  ['бассейн', 'купель'],
  ['бордовый', 'красный'],
])('„%s“ points to „%s“', (word, hint) => {
  expect(hintsOf(word)).toContain(hint);
});

test.each([
  ['красный', 'синий'],
  ['йорк', 'такса'],
  ['картошка', 'морковь'],
  ['дорогой', 'дорога'],
  ['гвоздика', 'гвозди'],
])('„%s“ is not „%s“', (word, other) => {
  expect(areOne(word, other)).toBe(false);
});
