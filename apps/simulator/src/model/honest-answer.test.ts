import { expect, test } from 'vitest';
import { answerHonestly } from './honest-answer.ts';

const passages = [
  { number: 1, text: 'Доставка. Доставляем по Москве курьером за 300 рублей. Доставка в регионы — СДЭК.' },
  { number: 2, text: 'Сколько действует гарантия?\nНа технику с пробегом даём 6 месяцев.' },
  { number: 3, text: 'Магазин работает ежедневно с 10 до 21.' },
];

test('quotes the sentence that fits best, word for word, with its passage', () => {
  expect(answerHonestly({ question: 'Сколько стоит доставка по Москве?', passages })).toMatchObject({
    answer: 'Доставляем по Москве курьером за 300 рублей.',
    sources: [1],
    action: 'answer',
  });
});

test('answers from beside a question that fits, not with the question', () => {
  expect(answerHonestly({ question: 'Какая гарантия?', passages })).toMatchObject({
    answer: 'На технику с пробегом даём 6 месяцев.',
    sources: [2],
  });
});

test('says that it does not know when no passage fits', () => {
  expect(answerHonestly({ question: 'Можно оплатить криптовалютой?', passages })).toMatchObject({
    sources: [],
    action: 'handoff',
  });
  expect(answerHonestly({ question: 'Есть доставка?', passages: [] }).action).toBe('handoff');
});
