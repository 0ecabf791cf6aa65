import { describe, expect, test } from 'vitest';
import type { AskedKind } from './asked-kind.ts';
import { quoteStretch } from './quote-stretch.ts';

// In these tests every word is its own lexeme.
const wordsOf = (text: string) => new Set(text.toLowerCase().match(/\p{L}+/gu));
const asked = (...words: string[]) =>
  words.map((word, slot) => ({
    slot,
    word,
    mass: 1,
    kind: 'known' as const,
    terms: [{ lexeme: word, closeness: 1, idf: 1 }],
  }));
const idle = 'Это предложение ни о чём занимает здесь место, и оно длинное, как и все остальные.';
const quote = (lines: string[][], ...words: string[]) => quoteFor(undefined, lines, ...words);
const quoteFor = (kind: AskedKind | undefined, lines: string[][], ...words: string[]) => {
  const text = lines.map((sentences) => sentences.join(' ')).join('\n');
  const sentences = lines.flat().map((sentence) => ({
    text: sentence,
    lexemes: wordsOf(sentence),
    things: new Set<number>(),
    ranges: [],
  }));
  return quoteStretch({ text, sentences, asked: asked(...words), kind });
};

describe('quoteStretch', () => {
  test('quotes a short text as it stands', () => {
    expect(quote([['Два дня.', 'Дорого.'], ['– Казань']], 'казань')).toBe('Два дня. Дорого.\n– Казань');
  });

  test('quotes the sentences that matter, and goes on to the end of their line while it is short', () => {
    const lines = [
      [idle, idle, 'Казань: два дня.', 'Стоит 490 рублей.'],
      [idle, idle],
    ];
    expect(quote(lines, 'казань')).toBe('Казань: два дня. Стоит 490 рублей.');
  });

  test('goes on from a question of the text to what answers it', () => {
    const lines = [[idle, idle], ['Храните колёса?'], ['Да, 450 ₽ в месяц.'], [idle, idle]];
    expect(quote(lines, 'храните')).toBe('Храните колёса?\nДа, 450 ₽ в месяц.');
  });

  test('quotes one row of a table', () => {
    const lines = [[idle, idle], ['Город: Казань; Срок: 2 дня'], ['Город: Тула; Срок: 1 день'], [idle, idle]];
    expect(quote(lines, 'тула')).toBe('Город: Тула; Срок: 1 день');
  });

  test('quotes all rows of which nothing tells the one that is meant', () => {
    const may = 'Период: майские праздники; Цена: 18 000 ₽';
    const newYear = 'Период: новогодние праздники; Цена: 38 000 ₽';
    const lines = [[idle, idle], ['Период: будни; Цена: 9 000 ₽'], [may], [newYear], [idle, idle]];
    expect(quote(lines, 'праздники')).toBe(`${may}\n${newYear}`);
  });

  test('tells a price by a price, not by a sentence that speaks of one', () => {
    const row = 'Замена дисплея: 4 500 ₽';
    const lines = [
      [idle, idle],
      [row],
      ['Замена батареи: 2 900 ₽'],
      ['Цена других дисплея и батареи по запросу.'],
      [idle],
    ];
    expect(quoteFor('price', lines, 'цена', 'дисплея')).toBe(row);
    expect(quote(lines, 'цена', 'дисплея')).toContain('по запросу');
  });

  test('quotes two sentences when each has a part', () => {
    const lines = [[idle, idle, 'Казань: два дня.', 'Туда везёт СДЭК.', 'Стоимость 490 рублей.', idle, idle]];
    expect(quote(lines, 'казань', 'стоимость')).toMatch(/^Казань: .* 490 рублей\./);
  });

  test('quotes a list with the sentence that opens it', () => {
    const lines = [[idle, idle, idle], ['Принимаем:'], ['– карты'], ['– наличные'], [idle]];
    expect(quote(lines, 'принимаем')).toBe('Принимаем:\n– карты\n– наличные');
  });

  test('quotes from the beginning when only the heading had the words', () => {
    expect(quote([[idle, idle, idle, idle, idle]], 'доставка').startsWith(idle)).toBe(true);
  });
});
