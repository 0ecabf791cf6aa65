import { expect, test } from 'vitest';
import { splitSentences } from './sentences.ts';

test('sentences end with a stop before a capital letter or a number, and at line breaks', () => {
  expect(splitSentences('Работаем без выходных. Звоните! 24 часа?\n– список')).toEqual([
    'Работаем без выходных.',
    'Звоните!',
    '24 часа?',
    '– список',
  ]);
});

test('abbreviations and initials end no sentence', () => {
  expect(splitSentences('Мы на ул. Ленина, д. 5. Вход с угла. Директор А. Петров рад.')).toEqual([
    'Мы на ул. Ленина, д. 5.',
    'Вход с угла.',
    'Директор А. Петров рад.',
  ]);
});

test('a row of a price list stays whole', () => {
  const row = 'Артикул: 1017; Наименование: Фильтр воздушный, арт. 1017, уп. 2 шт.; Цена: 490 ₽';
  expect(splitSentences(row)).toEqual([row]);
});

test('prices and times stay whole', () => {
  expect(splitSentences('Цена 3.500 руб. за штуку, до 18.30 ежедневно.')).toHaveLength(1);
});

test('a line of initials without end is read at once', () => {
  const line = 'А. '.repeat(300_000).trim();
  expect(splitSentences(line)).toEqual([line]);
});

test('a row of quotation marks without end is read at once', () => {
  const line = `Да.${'"'.repeat(500_000)}нет`;
  expect(splitSentences(line)).toEqual([line]);
});
