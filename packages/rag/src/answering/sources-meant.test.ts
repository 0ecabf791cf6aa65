import { expect, test } from 'vitest';
import { sourcesMeant } from './sources-meant.ts';

const passage = (content: string) => ({
  sourceKey: 'a.md',
  title: 'A',
  heading: 'A',
  question: null,
  content,
  chunkIds: [1],
  score: 1,
});
const passages = [
  passage('Гарантия на телефоны 6 месяцев.'),
  passage('Доставка по Казани 600 рублей, привозим на следующий день.'),
];

test('a text without marks cites what it is drawn from', () => {
  expect(sourcesMeant({ answer: 'Доставка по Казани 600 ₽.', passages })).toEqual([2]);
});

test.each(['К сожалению, такой информации нет.', 'Да, конечно!', 'Доставка бесплатная.'])(
  'a text that says nothing of the passages cites none: „%s“',
  (answer) => {
    expect(sourcesMeant({ answer, passages })).toEqual([]);
  },
);
