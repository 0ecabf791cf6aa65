import { expect, test } from 'vitest';
import { questionParts } from './question-groups.ts';
import { partContext, withMessageBefore } from './follow-up.ts';

const term = (word: string) => ({ slot: 0, word, mass: 2, kind: 'known' as const, terms: [] });
const history = [
  { author: 'buyer' as const, text: 'гарантия на телефоны есть?' },
  { author: 'us' as const, text: 'Да, 6 месяцев.' },
];

test('a short follow-up is searched with the message before it', () => {
  expect(withMessageBefore({ question: 'а на ноуты?', history })).toBe(
    'а на ноуты?\nгарантия на телефоны есть?',
  );
});

test.each([
  ['what stands by itself', 'доставка в Казань курьером сколько стоит', history],
  ['what says nothing', 'ну и?', history],
  ['what opens the chat', 'а на ноуты?', []],
])('%s is searched alone', (_what, question, before) => {
  expect(withMessageBefore({ question, history: before })).toBeUndefined();
});

test('words of the message before count for less', () => {
  const { own, context, all } = partContext([term('ноуты'), term('гарантия')], 'а на ноуты?');
  expect([own, context].map((words) => words.map(({ word }) => word))).toEqual([['ноуты'], ['гарантия']]);
  expect(all.map(({ mass }) => mass)).toEqual([2, 1]);
});

test.each([
  ['картой можно? парковка есть', [['картой'], ['парковка']]],
  ['картой можно и парковка есть', [['картой'], ['парковка']]],
  ['парковка и картой цена', [['парковка'], ['картой', 'цена']]],
  ['парковка есть? цена?', [['парковка', 'цена']]],
])('the questions of a turn: %s', (question, groups) => {
  const asked = ['картой', 'парковка', 'цена'].filter((word) => question.includes(word)).map(term);
  expect(questionParts(asked, question).map((part) => part.asked.map(({ word }) => word))).toEqual(groups);
});
