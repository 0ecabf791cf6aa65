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

test.each([
  ['Вишня есть в наличии? мой тел 89123456789', 'Вишня есть в наличии?'],
  ['Вишня есть? Вот мой номер телефона: +7 912 345-67-89, жду', 'Вишня есть?, жду'],
  ['Пришлёте каталог, почта ivan@mail.ru', 'Пришлёте каталог'],
])('with what announces it: „%s“', (text, question) => {
  expect(gapQuestion(text)).toBe(question);
});

test('whether there is any is asked in many words, and is one question', () => {
  const wordings = ['Павлины есть?', 'продаёте павлины', 'Павлины в наличии есть?', 'можно купить павлины?'];
  expect(new Set(wordings.map((wording) => gapWords(wording).join(' '))).size).toBe(1);
  expect(gapWords('Есть в наличии?')).not.toEqual([]);
});

test.each(['Здравствуйте!', 'спасибо большое', '…', ''])('„%s“ asks nothing', (text) => {
  expect(gapQuestion(text)).toBe('');
});

test.each([' ', ',', 'номер '])('a message of „%s“ without end holds nobody up', (part) => {
  const began = performance.now();
  expect(gapQuestion(`доставка${part.repeat(10_000)}номер${' '.repeat(10_000)}[есть?`)).not.toBe('');
  expect(performance.now() - began).toBeLessThan(1_000);
});

test.each(['и ', 'и, ', 'вот ', 'тут '])('of a pasted text of „%s“ the beginning is compared', (part) => {
  const question = gapQuestion(`Есть доставка? ${part.repeat(100_000)}`);
  expect(question).toMatch(/^Есть доставка\?/u);
  expect(gapWords(question)).toEqual(expect.arrayContaining(gapWords('Есть доставка?')));
});
