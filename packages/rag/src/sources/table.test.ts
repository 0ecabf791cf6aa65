import { expect, test } from 'vitest';
import { type Cell, tableTexts } from './table.ts';

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

test('a table that says to be endless is as large as its rows', () => {
  const [row] = texts([['а', 'б', 'в'], [{ text: 'г', columns: 1e9, rows: Infinity }]]);
  expect(row).toBe('г');
  const endless = Array.from({ length: 2_000 }, () => [{ text: 'г', rows: 1e9 }, 'д']);
  expect(texts(endless).at(-1)?.split('; ')).toHaveLength(64);
});
