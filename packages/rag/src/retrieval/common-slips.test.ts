import { expect, test } from 'vitest';
import { askedKind } from '../answering/asked-kind.ts';
import { foldForSearch } from '../text/normalize.ts';
import { mendCommonSlips } from './common-slips.ts';

test.each([
  ['Сколко стоет настройка?', 'сколько стоит настройка?'],
  ['пачем дабор', 'почем дабор'],
  ['цэна за штуку', 'цена за штуку'],
  ['есь ли пасудомойка', 'есть ли пасудомойка'],
  ['шоб не розбухла', 'чтобы не розбухла'],
])('„%s“ asks „%s“', (written, meant) => {
  expect(mendCommonSlips(written)).toBe(meant);
});

test('other words that look alike stay as they are', () => {
  const text = 'Скалка стоит дороже, ткань ценная, можно стоять';
  expect(mendCommonSlips(text)).toBe(text);
});

test('what is asked for is understood then', () => {
  expect(askedKind(foldForSearch(mendCommonSlips('стоет сколко')))).toBe('price');
});
