import { expect, test } from 'vitest';
import { pdfFile, type PdfPiece } from '../testing/pdf-file.ts';
import { defaultParseLimits } from './limits.ts';
import { pdfElements } from './pdf-tables.ts';
import { parsePdf } from './pdf.ts';

// A letter of 10 points is 5 wide.
const at = (x: number, y: number, ...texts: string[]): PdfPiece[] =>
  texts.map((text, line) => ({ text, x, y: y - line * 12, size: 10 }));
const blocks = async (...pages: PdfPiece[][]) => {
  const bytes = pdfFile(pages);
  const { sections } = await parsePdf({ name: 'прайс', bytes, limits: defaultParseLimits });
  return sections.flatMap((section) => section.blocks);
};
const row = (y: number, ...texts: string[]) =>
  texts.flatMap((text, column) => at(50 + column * 130, y, text));

test('rows of a table are told one by one, with the names of their columns, and the text around it by itself', async () => {
  expect(
    await blocks([
      ...at(50, 790, 'Цены действуют с марта.'),
      ...row(770, 'Товар', 'Цена', 'Остаток'),
      ...row(752, 'Шина зимняя', '4 500 ₽', '12 шт.'),
      ...row(734, 'Диск литой', '6 100 ₽', '3 шт.'),
      ...at(50, 700, 'Возврат за 14 дней.'),
    ]),
  ).toEqual([
    'Цены действуют с марта.',
    'Товар: Шина зимняя; Цена: 4 500 ₽; Остаток: 12 шт.',
    'Товар: Диск литой; Цена: 6 100 ₽; Остаток: 3 шт.',
    'Возврат за 14 дней.',
  ]);
});

test('cells of several lines are whole, whether the others stand at their top or amid them', async () => {
  const header = row(770, 'Товар', 'Цена', 'Где лежит');
  const amid = [
    ...at(50, 750, 'Шина зимняя', 'шипованная', 'усиленная'),
    ...at(180, 738, '4 500 ₽'),
    ...at(310, 744, 'Северный', 'склад'),
  ];
  const atTop = [
    ...at(50, 690, 'Диск литой', 'чёрный'),
    ...at(180, 690, '6 100', '₽'),
    ...at(310, 690, 'Под заказ'),
  ];
  expect(await blocks([...header, ...amid, ...atTop])).toEqual([
    'Товар: Шина зимняя шипованная усиленная; Цена: 4 500 ₽; Где лежит: Северный склад',
    'Товар: Диск литой чёрный; Цена: 6 100 ₽; Где лежит: Под заказ',
  ]);
});

test('cells that stand no farther apart than words are told apart by what stands above and below', async () => {
  expect(
    await blocks([
      ...at(50, 770, 'Цена Нива М-5'),
      ...at(124, 770, '37 290 ₽'),
      ...at(50, 756, 'Прокат'),
      ...at(124, 756, '1 500 ₽'),
      ...at(50, 742, 'Залог'),
      ...at(124, 742, '5 500 ₽'),
    ]),
  ).toEqual(['Цена Нива М-5: 37 290 ₽', 'Прокат: 1 500 ₽', 'Залог: 5 500 ₽']);
});

test('numbers as far from each other as justified words are cells where they stand under others', async () => {
  const sizes = (y: number, ...texts: string[]) =>
    texts.flatMap((text, column) => at(50 + column * 24, y, text));
  expect(
    await blocks([
      ...sizes(770, 'см', '2 м', '3 м', '4 м'),
      ...sizes(752, '100', '105', '140', '210'),
      ...sizes(734, '150', '190', '285', '380'),
    ]),
  ).toEqual(['см: 100; 2 м: 105; 3 м: 140; 4 м: 210', 'см: 150; 2 м: 190; 3 м: 285; 4 м: 380']);
});

test('a row of one text names those below it, and signs of a list are none of a table', async () => {
  expect(
    await blocks([
      ...row(790, 'Размер', 'Лето', 'Зима'),
      ...at(50, 774, 'Катера'),
      ...row(758, 'до 6 м', '4 200 ₽', '1 500 ₽'),
      ...row(742, 'до 9 м', '6 100 ₽', '2 200 ₽'),
      ...['Стоянка', 'Хранение'].flatMap((text, line) => [
        ...at(50, 700 - line * 14, '✓'),
        ...at(90, 700 - line * 14, text),
      ]),
    ]),
  ).toEqual([
    'Катера',
    'Размер: до 6 м; Лето: 4 200 ₽; Зима: 1 500 ₽',
    'Размер: до 9 м; Лето: 6 100 ₽; Зима: 2 200 ₽',
    '✓ Стоянка',
    '✓ Хранение',
  ]);
});

test('a table goes on over the end of the page, with or without its header', async () => {
  const header = (y: number) => row(y, 'Товар', 'Цена', 'Срок');
  const first = [...header(770), ...row(752, 'Шина', '4 500 ₽', '2 дня')];
  const expected = ['Товар: Шина; Цена: 4 500 ₽; Срок: 2 дня', 'Товар: Диск; Цена: 6 100 ₽; Срок: 5 дней'];
  expect(await blocks(first, row(770, 'Диск', '6 100 ₽', '5 дней'))).toEqual(expected);
  expect(await blocks(first, [...header(770), ...row(752, 'Диск', '6 100 ₽', '5 дней')])).toEqual(expected);
});

test('another header begins another table', async () => {
  expect(
    await blocks([
      ...row(770, 'Товар', 'Цена', 'Срок'),
      ...row(752, 'Шина', '4 500 ₽', '2 дня'),
      ...row(734, 'Диск', '6 100 ₽', '5 дней'),
      ...row(716, 'Товар', 'Цена', 'Залог'),
      ...row(698, 'Плуг', '900 ₽', '3 000 ₽'),
    ]),
  ).toContain('Товар: Плуг; Цена: 900 ₽; Залог: 3 000 ₽');
});

test('columns of text that are written line by line are read one after the other', async () => {
  const left = [
    'Мастерская принимает заказы',
    'на перетяжку сидений и всего',
    'салона. Срок работы зависит',
    'от сложности и составляет до',
    'девяти дней, и не больше.',
  ];
  const right = [
    'Хранение колёс стоит у нас',
    'три тысячи рублей за сезон',
    'при оплате вперёд. Мы забираем',
    'колёса сами, если до склада',
    'не больше десяти вёрст.',
  ];
  const lines = left.flatMap((text, line) => [
    ...at(50, 770 - line * 13, text),
    ...at(320, 770 - line * 13, right[line] ?? ''),
  ]);
  expect(await blocks(lines)).toEqual([left.join(' '), right.join(' ')]);
});

test('a heading that goes on in the next line is one', async () => {
  const bytes = pdfFile([
    [
      { text: 'Справочник мастерской', y: 780, size: 20 },
      { text: '«Рубеж»', y: 756, size: 20 },
      { text: 'Условия', y: 720, size: 16 },
      ...at(50, 690, 'Залог возвращаем в день сдачи техники.'),
    ],
  ]);
  expect(await parsePdf({ name: 'x', bytes, limits: defaultParseLimits })).toMatchObject({
    title: 'Справочник мастерской «Рубеж»',
    sections: [{ headings: ['Условия'] }],
  });
});

test('as many rows as a document holds are read at once', () => {
  const cells = Array.from({ length: 8 }, (_, column) => ({
    text: 'цвет',
    x: column * 70,
    right: column * 70 + 60,
  }));
  const line = { text: '', parts: cells, pieces: cells, size: 7, font: 'f', right: 550 };
  const pages = Array.from({ length: 300 }, () =>
    Array.from({ length: 80 }, (_, row) => ({ ...line, y: 800 - row * 9 })),
  );
  const began = performance.now();
  expect(pdfElements(pages).length).toBeGreaterThan(0);
  expect(performance.now() - began).toBeLessThan(5_000);
});

test('a sign that is written by itself belongs to its number', async () => {
  const priced = (y: number, name: string, amount: string) => [
    ...at(50, y, name),
    ...at(180, y, amount),
    ...at(180 + amount.length * 5 + 3, y, '₽'),
  ];
  expect(
    await blocks([
      ...row(770, 'Товар', 'Цена'),
      ...priced(752, 'Шина зимняя', '4 500'),
      ...priced(734, 'Диск литой', '6 100'),
      ...priced(716, 'Колпак', '1 900'),
    ]),
  ).toEqual([
    'Товар: Шина зимняя; Цена: 4 500 ₽',
    'Товар: Диск литой; Цена: 6 100 ₽',
    'Товар: Колпак; Цена: 1 900 ₽',
  ]);
});
