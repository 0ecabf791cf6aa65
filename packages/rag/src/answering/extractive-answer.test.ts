import { describe, expect, test } from 'vitest';
import { extractAnswer, type StemmedPassage } from './extractive-answer.ts';

const asked = (...words: [string, number][]) =>
  words.map(([word, mass], slot) => ({
    slot,
    word,
    mass,
    kind: 'known' as const,
    terms: [{ lexeme: word, closeness: 1, idf: mass }],
  }));

// In these tests every word is its own lexeme.
const words = (text: string) => new Set(text.toLowerCase().match(/\p{L}+/gu));
const passage = (content: string[], heading = '', question: string | null = null): StemmedPassage => ({
  text: content.join(' '),
  heading: words(heading),
  ownHeading: words(heading),
  question: question === null ? null : words(question),
  sentences: content.map((text) => ({ text, lexemes: words(text) })),
});

describe('extractAnswer', () => {
  test('quotes the passage that covers most of what was asked, by the weight of the words', () => {
    const passages = [passage(['Доставка есть.']), passage(['Казань: два дня.'])];
    const extract = extractAnswer({ asked: asked(['доставка', 1], ['казань', 3]), passages });
    expect(extract).toMatchObject({ passages: [1], text: 'Казань: два дня.', coverage: 0.75 });
  });

  test('a word that the base has not lowers the coverage', () => {
    const unknown = { slot: 9, word: 'велосипед', mass: 4, kind: 'unknown' as const, terms: [] };
    const extract = extractAnswer({
      asked: [...asked(['доставка', 1]), unknown],
      passages: [passage(['Доставка есть.'])],
    });
    expect(extract?.coverage).toBe(0.2);
  });

  test('of equals the pair whose question was asked, then the passage under the heading', () => {
    const question = asked(['гарантия', 2], ['телефон', 1]);
    const plain = passage(['Телефон и гарантия.']);
    const headed = passage(['Гарантия на телефон: 6 месяцев.'], 'Гарантия');
    const pair = passage(['Да, на телефон полгода.'], 'Вопросы', 'Гарантия на телефон');
    expect(extractAnswer({ asked: question, passages: [plain, headed] })?.passages).toEqual([1]);
    expect(extractAnswer({ asked: question, passages: [plain, pair] })?.passages).toEqual([1]);
  });

  test('a second question is answered by the passage whose subject it is', () => {
    const question = asked(['казань', 3], ['гарантия', 2]);
    const delivery = passage(['Казань: два дня.']);
    const headed = passage(['Шесть месяцев.'], 'Гарантия');
    const touching = passage(['Гарантия, что понравится.'], 'Подарки');
    expect(extractAnswer({ asked: question, passages: [delivery, headed] })).toMatchObject({
      passages: [0, 1],
      text: 'Казань: два дня.\n\nШесть месяцев.',
      coverage: 1,
    });
    expect(extractAnswer({ asked: question, passages: [delivery, touching] })).toMatchObject({
      passages: [0],
      coverage: 0.6,
    });
  });

  test('finds nothing where no word is', () => {
    expect(
      extractAnswer({ asked: asked(['футбол', 1]), passages: [passage(['Доставка.'])] }),
    ).toBeUndefined();
    expect(extractAnswer({ asked: asked(['футбол', 1]), passages: [] })).toBeUndefined();
  });
});
