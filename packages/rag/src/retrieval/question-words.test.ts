import { describe, expect, test } from 'vitest';
import { defaultLexicon } from '../lexicon/lexicon.ts';
import { parseLexicon } from '../lexicon/parse-lexicon.ts';
import { questionWords } from './question-words.ts';

const own = (question: string) =>
  questionWords({ question, lexicon: parseLexicon([]) }).flatMap(({ word, closeness }) =>
    closeness === 1 ? [word] : [],
  );

describe('questionWords', () => {
  test.each([
    ['Здравствуйте\nподскажите\nдоставка в Казань есть?', ['доставка', 'казань']],
    ['Добрый вечер! А скока стоит?', ['стоит']],
    ['Вечером работаете?', ['вечером', 'работаете']],
    ['чехол, чехол и ещё раз ЧЕХОЛ', ['чехол', 'раз']],
    ['Привет, подскажите пожалуйста', []],
  ])('of „%s“ are what it is about', (question, words) => {
    expect(own(question)).toEqual(words);
  });

  test('bring other words for the same thing into the same slot, at a lower weight', () => {
    const words = questionWords({ question: 'почем айфон', lexicon: defaultLexicon });
    expect(words).toContainEqual({ slot: 1, word: 'айфон', closeness: 1, isWritten: true, isGuess: false });
    expect(words).toContainEqual({
      slot: 1,
      word: 'iphone',
      closeness: 0.8,
      isWritten: false,
      isGuess: false,
    });
    expect(words.filter(({ slot, word }) => slot === 1 && word === 'айфон')).toHaveLength(1);
  });

  test('bring what a base says to those who ask so, at a still lower weight', () => {
    const lexicon = parseLexicon(['слома/ется > гарантия']);
    expect(questionWords({ question: 'сломается', lexicon })).toContainEqual({
      slot: 0,
      word: 'гарантия',
      closeness: 0.5,
      isWritten: false,
      isGuess: false,
    });
  });

  test('the buyer’s own words come before other words for them', () => {
    const words = questionWords({ question: 'доставка и гарантия', lexicon: defaultLexicon });
    const firstOther = words.findIndex(({ isWritten }) => !isWritten);
    expect(firstOther).toBeGreaterThan(1);
    expect(words.slice(firstOther).every(({ isWritten }) => !isWritten)).toBe(true);
  });

  test('of a pasted text are its first ones', () => {
    const pasted = Array.from({ length: 500 }, (_, index) => `слово${index}`).join(' ');
    expect(own(pasted).length).toBeLessThanOrEqual(64);
  });
});
