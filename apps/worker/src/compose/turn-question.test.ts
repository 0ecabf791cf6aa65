import { expect, test } from 'vitest';
import { questionOf } from './turn-question.ts';

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
