import { describe, expect, test } from 'vitest';
import { checkAnswer } from './gate.ts';

const grounds = [
  'Мастерская > Цены\nЗамена набойки 350 ₽, в сапогах с подошвой 800 ₽ вместе с новой прокладкой. Чистка 500 ₽, замши 900 ₽.',
];
const problems = (answer: string) =>
  checkAnswer({ question: 'Сколько стоит?', answer, grounds }).problems.map(({ kind }) => kind);

describe('a price is that of the variant named in full', () => {
  test('not that of the plain one', () => {
    expect(problems('Замена набойки в сапогах с подошвой 350 ₽ вместе с прокладкой.')).toEqual(['misplaced']);
  });
  test.each([
    'Замена набойки в сапогах с подошвой 800 ₽ вместе с прокладкой.',
    'Замена набойки 350 ₽.',
    'Чистка 500 ₽, замши 900 ₽.',
  ])('%s', (answer) => {
    expect(problems(answer)).toEqual([]);
  });
});
