import { assert, constantFrom, property, stringMatching, tuple } from 'fast-check';
import { expect, test } from 'vitest';
import { createPersonalDataMask } from './personal-data.ts';

test('phones, e-mails and cards become numbered tokens, the same value the same token', () => {
  const { mask, restore } = createPersonalDataMask();
  const text =
    'Мой номер 8 (912) 345-67-89, почта ivan@mail.ru, карта 2200 1234 5678 9012. Ещё раз: 8 (912) 345-67-89';
  const masked = 'Мой номер [телефон 1], почта [почта 1], карта [карта 1]. Ещё раз: [телефон 1]';
  expect(mask(text)).toBe(masked);
  expect(mask('или +79990001122')).toBe('или [телефон 2]');
  expect(restore('Записали [телефон 2] и [почта 1]')).toBe('Записали +79990001122 и ivan@mail.ru');
});

test.each([
  ['+375 29 123-45-67', '[телефон 1]'],
  ['+998 (90) 123 45 67', '[телефон 1]'],
  ['тел89123456789', 'тел[телефон 1]'],
  ['8_912_345_67_89', '[телефон 1]'],
  ['8-912-345/67/89', '[телефон 1]'],
  ['8•912•345•67•89', '[телефон 1]'],
  ['8~912~345=67=89', '[телефон 1]'],
  ['4276•1234•5678•9010', '[карта 1]'],
  ['4276 – 1234 – 5678 – 9010', '[карта 1]'],
  ['4276–1234–5678–9010', '[карта 1]'],
  ['4276  1234  5678  9010', '[карта 1]'],
])('„%s“ is masked as it is written', (text, masked) => {
  expect(createPersonalDataMask().mask(text)).toBe(masked);
});

test.each([
  'Сколько стоит 128 ГБ за 42 990 ₽?',
  'Заказ 1234567, 2026-11-22',
  'артикул 89123',
  'с 10:00 до 21:00',
  'ёмкость +10 000 000 шт',
  '22.11.2026 и 23.11.2026',
])('„%s“ holds nothing personal', (text) => {
  expect(createPersonalDataMask().mask(text)).toBe(text);
});

test('search gets neither the value nor a token', () => {
  const { remove } = createPersonalDataMask();
  expect(remove('доставка, тел. 89123456789')).toBe('доставка, тел.  ');
  expect(remove('Есть ли доставка? [телефон 1], [почта 12]')).toBe('Есть ли доставка?  ,  ');
});

test('masked text shows no value, and restoring it gives the text back', () => {
  const value = constantFrom('+7 912 345-67-89', '89990001122', 'a.b@shop.ru', '4276 1234 5678 9010');
  const words = stringMatching(/^[а-яё ,.!?]{0,20}$/);
  assert(
    property(tuple(words, value, words, value, words), ([a, first, b, second, c]) => {
      const { mask, restore } = createPersonalDataMask();
      const text = `${a} ${first} ${b} ${second} ${c}`;
      const masked = mask(text);
      expect(masked).not.toContain(first);
      expect(masked).not.toContain(second);
      expect(restore(masked)).toBe(text);
    }),
  );
});

test.each(['а', '.', '9 а ', '+1((('])('a message of „%s“ without end holds nobody up', (part) => {
  const text = part.repeat(100_000);
  const began = performance.now();
  expect(createPersonalDataMask().mask(text)).toBe(text);
  expect(performance.now() - began).toBeLessThan(1_000);
});
