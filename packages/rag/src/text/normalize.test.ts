import { describe, expect, test } from 'vitest';
import { cleanText, foldForSearch, foldedWords } from './normalize.ts';

describe('cleanText', () => {
  test('takes out what nobody sees, and keeps line breaks', () => {
    expect(cleanText('дос\u00ADтав\u200Bка\r\nв\u202EКа\u0000зань')).toBe('доставка\nвКазань');
  });

  test('folds compatibility forms and no-break spaces', () => {
    expect(cleanText('４２\u00A0990 ﬁ')).toBe('42 990 fi');
  });

  test('leaves the signs that are read as they are, and not as letters in their place', () => {
    expect(cleanText('Дом №\u00A03, смазка №17, LEGO™')).toBe('Дом № 3, смазка №17, LEGO™');
  });
});

describe('foldForSearch', () => {
  test.each([
    ['Ещё ПОДЪЁМ', 'еще подъем'],
    ['128гб iPhone13', '128 гб iphone 13'],
    ['брус 150х150x6, 150×150', 'брус 150 150 6 150 150'],
    ['13ый айфон, 50-й размер, 2-х комнатная, 5ти метров', '13 айфон 50 размер 2 комнатная 5 метров'],
    ['телефон б/у', 'телефон бу'],
    ['Форма №4, LEGO™', 'форма no 4 lego'],
    ['трейд-ин — с 10-18', 'трейд-ин с 10 18'],
    ['есть?доставка.Казань', 'есть доставка казань'],
    ['торг 5% от 100 ₽', 'торг 5 процентов от 100 рублей'],
  ])('folds „%s“', (text, folded) => {
    expect(foldForSearch(text)).toBe(folded);
  });

  test('folding twice changes nothing', () => {
    const once = foldForSearch('Wi‑Fi 6Ё, 100%!');
    expect(foldForSearch(once)).toBe(once);
  });

  test('a text without words has no words', () => {
    expect(foldedWords(' …!? ')).toEqual([]);
  });
});
