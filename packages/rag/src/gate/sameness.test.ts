import { describe, expect, test } from 'vitest';
import { checkAnswer } from './gate.ts';
import { spelledOut } from './sameness.ts';

const grounds = [
  'Байдарки > Прокат\nБайдарка одиночная 700 ₽ за час, двойная 1 100 ₽ за час. По вторникам и средам те же цены.',
  'Байдарки > Залог\nЗалог 5 000 ₽ за одиночную, 9 000 ₽ за двойную.',
  'Обувь > Гарантия\nГарантия на набойки 3 месяца, на подошву 6 месяцев, на молнию 6 месяцев.',
];
const problems = (question: string, answer: string) =>
  checkAnswer({ question, answer, grounds }).problems.map(({ kind, value }) => `${kind} ${value}`);

describe('what is said to be the same is borne out of each thing', () => {
  test.each([
    ['Почём час?', 'Одиночная 700 ₽ за час, двойная столько же.'],
    ['Почём час?', 'Байдарка стоит 700 ₽ за час, одиночная и двойная одинаково.'],
    ['Залог за одиночную?', 'Залог за одиночную такой же, как за двойную, – 9 000 ₽.'],
    ['Гарантия на набойки?', 'На набойки та же гарантия, что и на подошву, – 6 месяцев.'],
  ])('%s – %s', (question, answer) => {
    expect(problems(question, answer)).not.toEqual([]);
  });

  test.each([
    ['Гарантия на молнию?', 'На молнию та же гарантия, что и на подошву, – 6 месяцев.'],
    ['Гарантия на молнию?', 'На подошву 6 месяцев, на молнию столько же.'],
    ['Почём час двойной?', 'Двойная 1 100 ₽ за час, по вторникам цена та же.'],
    ['Залог?', 'Залог за двойную 9 000 ₽, за одиночную – 5 000 ₽.'],
  ])('%s – %s', (question, answer) => {
    expect(problems(question, answer)).toEqual([]);
  });

  test('a sentence that likens nothing comes to nothing more', () => {
    expect(spelledOut('Залог за двойную 9 000 ₽.')).toEqual([]);
  });
});
