import { expect, test } from 'vitest';
import { misusedTokens } from './masked.ts';

test.each([
  'Напишем на ваш номер [телефон 1], как вы просили.',
  'Вы указали почту [почта 1], счёт придёт туда.',
  'По вашему телефону: [телефон 2] всё верно.',
])('what is said to be his may be repeated: %s', (answer) => {
  expect(misusedTokens(answer)).toEqual([]);
});

test.each([
  ['Телефон директора [телефон 1]', 'phone'],
  ['Ваш менеджер ответит: [телефон 1]', 'phone'],
  ['Счёт присылайте на [почта 1]', 'email'],
  ['Переведите на вашу карту [карта 1]', 'number'],
])('what is given out as another’s is refused: %s', (answer, kind) => {
  expect(misusedTokens(answer)).toMatchObject([{ kind }]);
});
