import { expect, test } from 'vitest';
import { isLight } from './light-words.ts';

test.each([
  'подскажите',
  'хочу',
  'нормально',
  'сможете',
  'денег',
  'вечером',
  'присматриваю',
  'мужем',
  'условия',
  'секрет',
])('„%s“ wraps a question', (word) => {
  expect(isLight(word)).toBe(true);
});

test.each([
  'велосипед',
  'гарантия',
  'картошка',
  'бассейн',
  'паспорт',
  'собака',
  'рассрочка',
  'самовывоз',
  'претензия',
  'праздники',
])('„%s“ names what is asked about', (word) => {
  expect(isLight(word)).toBe(false);
});
