import { expect, test } from 'vitest';
import { hasEndlessWord, withoutEndlessRuns } from './endless-runs.ts';

test.each([
  'Доставка ......... 350 ₽\n\n\nСамовывоз — бесплатно!!! 😀😀😀',
  `Договор: https://example.ru/${'a'.repeat(100)}/${'b-'.repeat(300)}`,
  'd41d8cd98f00b204e9800998ecf8427e'.repeat(4),
  'น้ำหนักเท่าไร'.repeat(20),
])('what somebody may have written stays: %s', (text) => {
  expect(withoutEndlessRuns(text)).toBe(text);
  expect(hasEndlessWord(text)).toBe(false);
});

test.each([
  ['а', 128],
  ['5х', 128],
  ['к-о-т-', 1_000],
  ['.', 20],
  ['(—', 20],
])('of „%s“ without end the beginning is read', (part, length) => {
  expect(withoutEndlessRuns(part.repeat(100_000))).toBe(part.repeat(length).slice(0, length));
});

test('blank pages are one gap, and lines stay apart', () => {
  expect(withoutEndlessRuns(`Да${' '.repeat(100_000)}нет${'\n '.repeat(100_000)}может быть`)).toBe(
    'Да нет\nможет быть',
  );
});

test('letters are lost of a word only', () => {
  expect(hasEndlessWord('слово'.repeat(100))).toBe(true);
  expect(hasEndlessWord(`https://a.ru/${'a/'.repeat(1_000)}`)).toBe(true);
  expect(hasEndlessWord('. '.repeat(3_000) + '—'.repeat(300))).toBe(false);
});
