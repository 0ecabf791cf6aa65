import { expect, test } from 'vitest';
import { questionOf, unreadOf } from './turn-question.ts';

test('a burst becomes one question, a line per message', () => {
  const burst = ['Здравствуйте', ' подскажите ', 'доставка в Казань есть?'].map((text) => ({
    text,
    type: 'text',
  }));
  expect(questionOf(burst)).toBe('Здравствуйте\nподскажите\nдоставка в Казань есть?');
});

test('an image among texts does not stand in the way of the question', () => {
  expect(questionOf([{ text: null }, { text: 'Такой есть?' }])).toBe('Такой есть?');
});

test('a turn of images only asks nothing that can be read', () => {
  expect(questionOf([{ text: null }, { text: '  ' }])).toBe('');
});

test.each([
  ['a place', { type: 'location', text: 'Москва, Тверская 1' }],
  ['a listing', { type: 'item', text: 'Гараж, 300 000 ₽' }],
  ['an address of a page', { type: 'link', text: 'https://example.org/delivery?a=1' }],
])('%s alone asks nothing that can be read', (_, shown) => {
  expect(questionOf([shown])).toBe('');
  expect(questionOf([shown, { type: 'image', text: null }])).toBe('');
});

test('a place beside a text leaves the text as it is, a listing says which one is meant', () => {
  const text = { type: 'text', text: 'Такой есть?' };
  expect(questionOf([{ type: 'location', text: 'Москва, Тверская 1' }, text])).toBe('Такой есть?');
  expect(questionOf([{ type: 'item', text: 'Гараж, 300 000 ₽' }, text])).toBe(
    'Гараж, 300 000 ₽\nТакой есть?',
  );
  expect(questionOf([{ type: 'link', text: 'А этот есть? https://example.org' }])).toBe(
    'А этот есть? https://example.org',
  );
});

test.each([
  [[{ text: 'Есть?', type: 'text' }], undefined],
  [
    [
      { text: 'Есть?', type: 'text' },
      { text: 'Москва', type: 'location' },
    ],
    undefined,
  ],
  [
    [
      { text: 'Есть?', type: 'text' },
      { text: null, type: 'image' },
    ],
    'file',
  ],
  [
    [
      { text: null, type: 'image' },
      { text: null, type: 'voice' },
    ],
    'voice',
  ],
  [
    [
      { text: 'Здравствуйте', type: 'text' },
      { text: 'До скольки?', type: 'voice' },
    ],
    undefined,
  ],
  [[{ text: null, type: 'system', authorKind: 'avito' }], undefined],
] as const)('what of a turn nobody could read: %j', (messages, unread) => {
  expect(unreadOf(messages)).toBe(unread);
});
