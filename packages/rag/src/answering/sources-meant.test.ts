import { expect, test } from 'vitest';
import { sourcesMeant } from './sources-meant.ts';

const texts = [
  'A\nГарантия на телефоны 6 месяцев.',
  'A\nДоставка по Казани 600 рублей, привозим на следующий день.',
];

test('a text without marks cites what it is drawn from', () => {
  expect(sourcesMeant({ answer: 'Доставка по Казани 600 ₽.', texts })).toEqual([2]);
});

test.each(['К сожалению, такой информации нет.', 'Да, конечно!', 'Доставка бесплатная.'])(
  'a text that says nothing of the passages cites none: „%s“',
  (answer) => {
    expect(sourcesMeant({ answer, texts })).toEqual([]);
  },
);
