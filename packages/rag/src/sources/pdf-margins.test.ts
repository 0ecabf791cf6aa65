import { describe, expect, test } from 'vitest';
import type { PdfLine } from './pdf-line.ts';
import { withoutMargins } from './pdf-margins.ts';

const line = (text: string, y: number, size = 12): PdfLine => ({
  text,
  parts: [{ text, x: 50, right: 500 }],
  pieces: [],
  y,
  size,
  font: 'f',
  right: 500,
});
const body = (page: number): PdfLine[] => [
  line(`Товар ${page} стоит ${page}90 рублей.`, 753),
  line('Гарантия 12 месяцев, обмен за 14 дней.', 739),
  line('Работаем каждый день.', 725),
];
const left = (pages: readonly PdfLine[][]) =>
  withoutMargins(pages).map((page) => page.map(({ text }) => text));
const texts = (page: readonly PdfLine[]) => page.map(({ text }) => text);

describe('around pages that a browser has printed', () => {
  // Chromium writes them after the text of the page, close to it, in small letters.
  const printed = (page: number, of: number) => [
    ...body(page),
    line('11/23/26, 8:45 AM\tДоставка и оплата — Магазин', 769, 8),
    line(`https://shop.example/dostavka?id=7\t${page}/${of}`, 17, 8),
  ];

  test.each([1, 2, 16])('of %i pages moment, title, address and number go', (of) => {
    const numbers = Array.from({ length: of }, (_, index) => index + 1);
    expect(left(numbers.map((page) => printed(page, of)))).toEqual(numbers.map((page) => texts(body(page))));
  });

  test('and those of Firefox', () => {
    const page = [
      line('Доставка и оплата\thttps://shop.example/dostavka', 820, 8),
      ...body(1),
      line('1 из 1\t23.11.2026, 11:45', 20, 8),
    ];
    expect(left([page])).toEqual([texts(body(1))]);
  });

  test('an address at the end of a page is text where the number is not the page’s own', () => {
    const page = [
      ...body(1),
      line('Отзывы: https://shop.example/otzyvy', 60),
      line('https://a.example 3/7', 20),
    ];
    expect(left([page])).toEqual([texts(page)]);
  });
});

describe('running heads', () => {
  const pagesOf = (head: (page: number) => PdfLine[]) =>
    [1, 2, 3].map((page) => [...head(page), ...body(page)]);
  const bodies = [1, 2, 3].map((page) => texts(body(page)));

  test.each([
    ['one line', (page: number) => [line(`Стр. ${page}`, 820)]],
    ['several lines', () => [line('ООО «Дон»', 820), line('Каталог 2026', 806)]],
    ['with the number in them', (page: number) => [line(`Каталог, страница ${page + 4} из 90`, 820)]],
    ['with the number at the other side', (page: number) => [line(`Каталог\t${page}`, 820)]],
    ['a number by itself', (page: number) => [line(`– ${page} –`, 820)]],
  ])('go: %s', (_, head) => {
    expect(left(pagesOf(head))).toEqual(bodies);
  });

  test.each([
    ['names what its page is about', (page: number) => [line(`Вариант ${page}`, 820)]],
    ['tells a price that is no page number', (page: number) => [line(`Доставка\t${page * 100}`, 820)]],
    ['is the head of a table that goes on', () => [line('Товар\tЦена', 767)]],
    ['stands higher on every page', (page: number) => [line('Условия магазина', 780 + page * 10)]],
    [
      'is a form of many lines',
      () => ['Имя', 'Телефон', 'Адрес', 'Товар', 'Дата'].map((text, at) => line(text, 838 - at * 14)),
    ],
  ])('stay where the first line %s', (_, head) => {
    const pages = pagesOf(head);
    expect(left(pages)).toEqual(pages.map(texts));
  });

  test('stay on two pages, where what repeats may be chance', () => {
    const pages = pagesOf(() => [line('ООО «Дон»', 820)]).slice(1);
    expect(left(pages)).toEqual(pages.map(texts));
  });

  test('and what repeats amid the pages stays', () => {
    expect(left([1, 2, 3].map(body)).every((page) => page.includes('Работаем каждый день.'))).toBe(true);
  });
});
