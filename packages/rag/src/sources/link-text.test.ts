import { expect, test } from 'vitest';
import { linkText } from './link-text.ts';

test.each([
  ['СДЭК', 'https://cdek.ru/x', 'СДЭК (https://cdek.ru/x)'],
  ['cdek.ru', 'https://cdek.ru/x', 'https://cdek.ru/x'],
  ['о нас', '/about', 'о нас'],
  ['выше', '#top', 'выше'],
  ['Пишите нам', 'mailto:a%2Bb@igla.ru?subject=%D0%B7', 'Пишите нам (a+b@igla.ru)'],
  ['a@igla.ru', 'mailto:a@igla.ru', 'a@igla.ru'],
  ['Позвонить', 'tel:+78172551020', 'Позвонить (+78172551020)'],
  ['8 (8172) 55-10-20', 'tel:+78172551020', '8 (8172) 55-10-20'],
  ['', 'tel:112', '112'],
  ['пропуск', 'mailto:%zz', 'пропуск (%zz)'],
])('„%s“ that leads to %s', (text, href, expected) => {
  expect(linkText(text, href)).toBe(expected);
});
