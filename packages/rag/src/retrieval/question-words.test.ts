import { describe, expect, test } from 'vitest';
import { questionWords } from './question-words.ts';
import { defaultSynonyms } from './synonyms.ts';

const own = (question: string) => questionWords({ question, synonyms: [] }).map(({ word }) => word);

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
    const words = questionWords({ question: 'почем айфон', synonyms: defaultSynonyms });
    expect(words).toContainEqual({ slot: 1, word: 'айфон', closeness: 1 });
    expect(words).toContainEqual({ slot: 1, word: 'iphone', closeness: 0.8 });
    expect(words.filter(({ slot, word }) => slot === 1 && word === 'айфон')).toHaveLength(1);
  });

  test('of a pasted text are its first ones', () => {
    const pasted = Array.from({ length: 500 }, (_, index) => `слово${index}`).join(' ');
    expect(own(pasted).length).toBeLessThanOrEqual(64);
  });
});
