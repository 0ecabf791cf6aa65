import { describe, expect, test } from 'vitest';
import { checkAnswer } from './gate.ts';

const grounds = ['Доставка в Казань 2–3 дня, 490 ₽. Звоните: +7 (495) 123-45-67, пишите на shop@mail.ru.'];
const problemsOf = (answer: string, question = 'Сколько стоит доставка?') =>
  checkAnswer({ answer, grounds, question }).map(({ kind, value }) => `${kind}: ${value}`);

describe('checkAnswer', () => {
  test('lets through what the sources say', () => {
    expect(
      problemsOf('Привезём за 2–3 дня, стоит 490 рублей. Телефон 8 495 123-45-67, почта shop@mail.ru.'),
    ).toEqual([]);
  });

  test('lets through numbers that the buyer said himself', () => {
    expect(problemsOf('Да, за 5000 заберёте.', 'Отдадите за 5 000?')).toEqual([]);
  });

  test.each([
    ['Стоит 450 ₽.', 'number: 450'],
    ['Звоните 8 999 000-00-00.', 'phone: 79990000000'],
    ['Пишите на fake@mail.ru.', 'email: fake@mail.ru'],
    ['Оплата на pay-avito.ru/x.', 'link: pay-avito.ru/x'],
    ['Пишите в @scam_shop.', 'link: @scam_shop'],
    ['Это **дёшево**.', 'markup: **'],
    ['Это <b>дёшево</b>.', 'markup: <b>'],
    ['', 'empty: undefined'],
  ])('stops „%s“', (answer, problem) => {
    expect(problemsOf(answer)).toEqual([problem]);
  });

  test('stops an answer that cites nothing, and one without end', () => {
    expect(checkAnswer({ answer: 'Да.', grounds: [], question: 'Есть?' })).toEqual([{ kind: 'no-source' }]);
    expect(problemsOf('Да. '.repeat(1_000))).toEqual(['too-long: undefined']);
  });

  test('a source that is not cited grounds nothing', () => {
    expect(checkAnswer({ answer: 'Стоит 490 ₽.', grounds: ['Гарантия 6 месяцев.'], question: '?' })).toEqual([
      { kind: 'number', value: '490' },
    ]);
  });
});
