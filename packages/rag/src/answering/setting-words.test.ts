import { expect, test } from 'vitest';
import { settingWords } from './setting-words.ts';

test.each([
  ['посылка застрахована? а то почта потеряет', ['а', 'то', 'почта', 'потеряет']],
  ['У нас кошка. С питомцем можно?', ['у', 'нас', 'кошка']],
  ['с собакой можно? маленькая, собака 5 кг', ['маленькая', 'собака', '5', 'кг']],
])('„%s“ asks in one sentence, the others are its setting', (question, words) => {
  expect([...settingWords(question)]).toEqual(words);
});

test.each([
  'парковка есть? и цена аренды',
  'доставка есть?\nсколько по городу',
  'чехол чёрный, 43 размер',
  'Доставка в Казань?',
  '',
])('„%s“ has none: all of it asks, or nothing does', (question) => {
  expect(settingWords(question)).toEqual(new Set());
});

test('a word that is asked as well is asked', () => {
  expect(settingWords('Сломалась машина. Машину чините?').has('машина')).toBe(true);
  expect(settingWords('Есть машина. Машина чинится? Она старая.').has('машина')).toBe(false);
});
