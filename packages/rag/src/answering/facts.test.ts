import { expect, test } from 'vitest';
import { factsIn } from './facts.ts';

test.each([
  ['42 990 ₽', '42990 руб.'],
  ['42\u00A0990', '42\u202F990'],
  ['43 тыс. рублей', '43 000'],
  ['с 10:00 до 21:00', 'с 10 до 21'],
  ['3,5 кг', '3.50 кг'],
  ['05 мая', '5 мая'],
])('„%s“ and „%s“ say the same', (a, b) => {
  expect(factsIn(a).numbers).toEqual(factsIn(b).numbers);
  expect(factsIn(a).numbers).not.toEqual([]);
});

test.each([
  ['10:30', '10'],
  ['1 500', '500'],
  ['5 %', '15 %'],
])('„%s“ and „%s“ do not', (a, b) => {
  expect(factsIn(a).numbers).not.toEqual(factsIn(b).numbers);
});

test('a phone number is the same however it is written, and is no number', () => {
  const phones = ['+7 (495) 123-45-67', '8 495 123 45 67', '84951234567'].map((text) =>
    factsIn(`тел. ${text}!`),
  );
  expect(phones.map((facts) => facts.phones)).toEqual([['74951234567'], ['74951234567'], ['74951234567']]);
  expect(phones.flatMap((facts) => facts.numbers)).toEqual([]);
});

test('addresses are found with and without scheme', () => {
  const facts = factsIn(
    'Пишите на Shop@Mail.ru, сайт https://www.shop.ru/a/, или shop.ru/a. Телеграм @shop_bot, t.me/x',
  );
  expect(facts.emails).toEqual(['shop@mail.ru']);
  expect(facts.links).toEqual(['shop.ru/a', 'shop.ru/a', '@shop_bot', 't.me/x']);
});

test('the numbers of a list are no claims', () => {
  expect(factsIn('1. Чехол\n2) Стекло').numbers).toEqual([]);
});

test('digits of other scripts are facts, so no source can bear them out', () => {
  expect(factsIn('ТО стоит ٢٩٩٠ ₽').numbers).toHaveLength(1);
});

test('an address of any top-level domain is a link', () => {
  expect(factsIn('пишите на spica.pro или spica.travel/x').links).toEqual(['spica.pro', 'spica.travel/x']);
});
