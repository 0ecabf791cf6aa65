import { expect, test } from 'vitest';
import { gapQuestion, gapWords } from './gap-words.ts';

test('words that mean one thing are one word', () => {
  expect(gapWords('Почём доставка в Казань?')).toEqual(gapWords('подскажите, сколько стоит доставка Казань'));
});

test('another subject has other words', () => {
  expect(gapWords('сколько стоит доставка')).not.toEqual(gapWords('сколько стоит чехол'));
});

test('what is personal is taken out', () => {
  expect(gapQuestion('Перезвоните на 8 900 123-45-67 насчёт трейд-ин')).not.toMatch(/\d/);
});

test.each(['Здравствуйте!', 'спасибо большое', '…', ''])('„%s“ asks nothing', (text) => {
  expect(gapQuestion(text)).toBe('');
});
