import { describe, expect, test } from 'vitest';
import { checkAnswer } from './gate.ts';

const grounds = [
  'Баня > Что входит\nВ аренду входят дрова, самовар и простыни. Веники продаём отдельно: дубовый — 350 ₽. Уголь привозите свой.',
  'Букеты\nУпаковка в крафт и лента — бесплатно, шляпная коробка — 700 ₽. Открытка в подарок при заказе от 3 000 ₽.',
  'Ремонт\nЦена с деталью: замена помпы 2 800 ₽. Выезд мастера 500 ₽.',
];
const problems = (answer: string, question = 'Что входит?') =>
  checkAnswer({ question, answer, grounds }).problems;

describe('what the sources sell is not said to be included', () => {
  test.each([
    'Да, веник входит в аренду.',
    'Дрова, веники и уголь — всё включено.',
    'Лента и шляпная коробка включены.',
    'Выезд входит в стоимость ремонта.',
    'Массаж включён в аренду.',
  ])('%s', (answer) => {
    expect(problems(answer)).toContainEqual(expect.objectContaining({ kind: 'promise' }));
  });

  test.each([
    'Дрова входят в стоимость аренды, как и самовар.',
    'Да, дрова, самовар и простыни — всё включено.',
    'Веники в аренду не входят.',
    'Деталь уже включена в эту цену.',
    'При заказе от 3 000 ₽ открытка в подарок.',
  ])('what they give passes: %s', (answer) => {
    expect(problems(answer)).toEqual([]);
  });
});

describe('a booking is no model’s to confirm', () => {
  test.each([
    'Подтверждаю бронь на субботу!',
    'Подтверждаем вашу запись.',
    'Ваша бронь на субботу подтверждена.',
    'Записываю вас.',
  ])('%s', (answer) => {
    expect(problems(answer, 'Забронируйте на субботу')).toContainEqual(
      expect.objectContaining({ kind: 'promise' }),
    );
  });
});
