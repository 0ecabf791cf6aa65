import { expect, test } from 'vitest';
import { tableTexts } from './table.ts';
import type { Cell } from './table-grid.ts';

const texts = (rows: readonly (readonly (string | Cell)[])[], headerRows = 0) =>
  tableTexts(
    rows.map((row) => row.map((cell) => (typeof cell === 'string' ? { text: cell } : cell))),
    { headerRows },
  );

test('a cell of several rows is said in each of them', () => {
  const expected = ['Пальто; Ткань: драп; Цена: 2 400 ₽', 'Пальто; Ткань: кашемир; Цена: 3 100 ₽'];
  const header = ['', 'Ткань', 'Цена'];
  expect(texts([header, [{ text: 'Пальто', rows: 2 }, 'драп', '2 400 ₽'], ['кашемир', '3 100 ₽']])).toEqual(
    expected,
  );
  const continued = { text: '', isFromAbove: true };
  expect(texts([header, ['Пальто', 'драп', '2 400 ₽'], [continued, 'кашемир', '3 100 ₽']])).toEqual(expected);
});

test('a cell of several columns stands without a name, and moves no value under another name', () => {
  expect(
    texts([
      ['Изделие', 'Работа', 'Цена'],
      ['Юбка', 'молния', '800 ₽'],
      [{ text: 'Скидка пенсионерам', columns: 2 }, '7 %'],
      [{ text: 'Остальное по договорённости', columns: 3 }],
    ]),
  ).toEqual([
    'Изделие: Юбка; Работа: молния; Цена: 800 ₽',
    'Скидка пенсионерам; Цена: 7 %',
    'Остальное по договорённости',
  ]);
});

test('a header of two rows names a value by both', () => {
  expect(
    texts([
      [{ text: 'Прайс на май', columns: 3 }],
      [
        { text: 'Изделие', rows: 2 },
        { text: 'Цена', columns: 2 },
      ],
      ['розница', 'опт'],
      ['Батон', '60 ₽', '44 ₽'],
    ]),
  ).toEqual(['Прайс на май', 'Изделие: Батон; Цена розница: 60 ₽; Цена опт: 44 ₽']);
});

test('two columns without a header are names with their values', () => {
  expect(
    texts([['Гарантия:', '6 месяцев'], [{ text: 'Возврат', rows: 2 }, '14 дней'], ['без чека']]),
  ).toEqual(['Гарантия: 6 месяцев', 'Возврат: 14 дней', 'Возврат: без чека']);
});

test('a first row that tells a price is no header', () => {
  expect(
    texts([
      ['Шина', '12 шт.', '4 500 ₽'],
      ['Диск', '3 шт.', '6 100 ₽'],
    ]),
  ).toEqual(['Шина; 12 шт.; 4 500 ₽', 'Диск; 3 шт.; 6 100 ₽']);
});

test('a row of numbers that rise names columns, one like those below does not', () => {
  expect(
    texts([
      ['Размер', '42', '44'],
      ['Обхват', '84', '88'],
    ]),
  ).toEqual(['Размер: Обхват; 42: 84; 44: 88']);
  expect(
    texts([
      ['Стрижка', '500', '30 мин'],
      ['Окраска', '1500', '90 мин'],
    ]),
  ).toEqual(['Стрижка; 500; 30 мин', 'Окраска; 1500; 90 мин']);
});

test('numbers without a unit have the name of their column', () => {
  expect(
    texts([
      ['Услуга', 'Цена'],
      ['Стрижка', '500'],
      ['Окраска', '1 500'],
    ]),
  ).toEqual(['Услуга: Стрижка; Цена: 500', 'Услуга: Окраска; Цена: 1 500']);
});

test.each([
  ['Цена, руб.', '1 890,50', 'Цена: 1 890,50 руб.'],
  ['Прокат (₽) будни', '2500', 'Прокат будни: 2500 ₽'],
  ['Вес (кг)', 'от 5', 'Вес: от 5 кг'],
  ['Срок, дней', '2–4', 'Срок: 2–4 дней'],
  ['Цена, руб.', 'по запросу', 'Цена, руб.: по запросу'],
  ['Склад, г. Казань', '12', 'Склад, г. Казань: 12'],
])('a number under „%s“ has the unit of its column', (name, value, expected) => {
  expect(
    texts([
      ['Товар', 'Вид', name],
      ['Чехол', 'кожа', value],
    ]),
  ).toEqual([`Товар: Чехол; Вид: кожа; ${expected}`]);
});

test('what is told at length comes behind the other values', () => {
  const about = 'Катались два сезона. Рама цела, вилка с ходом 100 мм. Забирать в Мытищах, на Летной, 21.';
  expect(
    texts([
      ['Товар', 'Описание', 'Цена'],
      ['Велосипед', about, '18 500 ₽'],
    ]),
  ).toEqual([`Товар: Велосипед; Цена: 18 500 ₽; Описание: ${about}`]);
});

test('the name of a group is said with each of its rows', () => {
  expect(
    texts([
      ['Услуга', 'Срок', 'Цена'],
      [{ text: 'Мужской зал', columns: 3 }],
      ['Стрижка', '30 мин', '500 ₽'],
    ]),
  ).toEqual(['Мужской зал; Услуга: Стрижка; Срок: 30 мин; Цена: 500 ₽']);
});

test('where rows are told by their looks, the name of a group stands by itself', () => {
  const rows = [[{ text: 'Катера', columns: 2 }], [{ text: 'Мойка' }, { text: '900 ₽' }]];
  expect(
    tableTexts([[{ text: 'Услуга' }, { text: 'Цена' }], ...rows], { headerRows: 1, isGuessed: true }),
  ).toEqual(['Катера', 'Услуга: Мойка; Цена: 900 ₽']);
});

test('a title right above rows without a header names the first group', () => {
  const group = (text: string) => [{ text, columns: 2 }];
  expect(
    texts([group('Мужской зал'), ['Стрижка', '500 ₽'], group('Женский зал'), ['Стрижка', '900 ₽']]),
  ).toEqual(['Мужской зал; Стрижка: 500 ₽', 'Женский зал; Стрижка: 900 ₽']);
  expect(texts([group('Услуги'), ['Стрижка', '500 ₽']])).toEqual(['Услуги', 'Стрижка: 500 ₽']);
});

test('a table that says to be endless is as large as its rows', () => {
  const [row] = texts([['а', 'б', 'в'], [{ text: 'г', columns: 1e9, rows: Infinity }]]);
  expect(row).toBe('г');
  const endless = Array.from({ length: 2_000 }, (_, row) => [{ text: 'г', rows: 1e9 }, `д${row}`]);
  // Its own two cells come behind those that reach down to it.
  expect(texts(endless).at(-1)?.split('; ')).toHaveLength(66);
});

const facts = [
  ['Адрес:', 'Лермонтова, 5'],
  ['Телефон', '89123456789'],
  ['ИНН', '7701234567'],
];

test.each([
  ['whose values are numbers', facts, ['Адрес: Лермонтова, 5', 'Телефон: 89123456789', 'ИНН: 7701234567']],
  [
    'with several values, or one over several columns',
    [
      ['Адрес', 'Лермонтова, 5', 'вход с торца'],
      ['Часы работы', { text: '9–21', columns: 2 }],
      ['Эл. почта', '', 'a@b.ru'],
    ],
    ['Адрес: Лермонтова, 5; вход с торца', 'Часы работы: 9–21', 'Эл. почта: a@b.ru'],
  ],
  [
    'between columns of nothing',
    facts.map(([name = '', value = '']) => ['', name, '', value, '']),
    ['Адрес: Лермонтова, 5', 'Телефон: 89123456789', 'ИНН: 7701234567'],
  ],
])('facts of a shop %s keep their names', (_, rows, expected) => {
  expect(texts(rows)).toEqual(expected);
});

test('a table of shops has a header, though its columns are called as facts are', () => {
  expect(
    texts([
      ['Адрес', 'Телефон', 'График'],
      ['Лермонтова, 5', '89123456789', 'ежедневно'],
      ['Мира, 2', '89123456780', 'по будням'],
    ]),
  ).toEqual([
    'Адрес: Лермонтова, 5; Телефон: 89123456789; График: ежедневно',
    'Адрес: Мира, 2; Телефон: 89123456780; График: по будням',
  ]);
});
