import { describe, expect, test } from 'vitest';
import { checkAnswer } from './gate.ts';

const grounds = [
  'Типография > Цены\nВизитки 900 ₽ за 100 штук, готовы за 5 дней. Срочный заказ за 1–2 дня +40 %.',
  'Типография > Выдача\nЗаказы выдаём сегодня и завтра с 10:00 до 18:00, стойка на Лесной. Пакет 20 ₽.',
];
const problems = (answer: string) =>
  checkAnswer({ question: 'Визитки на завтра сделаете?', answer, grounds }).problems.map(({ kind }) => kind);

describe('what is to be done in haste has the price of haste', () => {
  test.each(['Да, визитки на завтра сделаем, 900 ₽ за 100 штук.', 'Срочно визитки сделаем за 900 ₽.'])(
    '%s',
    (answer) => {
      expect(problems(answer)).toContain('condition');
    },
  );
  test.each([
    'Визитки на завтра – срочный заказ, +40 % к 900 ₽.',
    'Визитки 900 ₽ за 100 штук, готовы за 5 дней.',
    'Срочный заказ за 1–2 дня дороже: +40 %.',
  ])('%s', (answer) => {
    expect(problems(answer)).toEqual([]);
  });
});
