import { describe, expect, test } from 'vitest';
import type { WordLookup } from '../ports.ts';
import { searchTerms, weighTerms } from './term-weights.ts';

const word = (text: string, slot = 0, closeness = 1) => ({
  slot,
  word: text,
  closeness,
  isWritten: closeness === 1,
  isGuess: false,
});
const known = (lexeme: string, chunks: number): WordLookup => ({
  lexemes: [lexeme],
  candidates: [{ lexeme, chunks, isSame: true }],
});
const weigh = (words: ReturnType<typeof word>[], found: WordLookup[]) =>
  weighTerms({ words, lookup: { chunkCount: 100, averageTerms: 50, words: found } });

describe('weighTerms', () => {
  test('a rare word says more than a common one', () => {
    const [rare, common] = weigh([word('казань', 0), word('есть', 1)], [known('казан', 1), known('ест', 80)]);
    expect(rare?.mass).toBeGreaterThan(common?.mass ?? Infinity);
  });

  test('a stop word is not asked', () => {
    expect(weigh([word('в')], [{ lexemes: [], candidates: [] }])).toEqual([]);
  });

  test('a misspelt word stands for similar ones, the closest most', () => {
    const [asked] = weigh(
      [word('гарнатия')],
      [
        {
          lexemes: ['гарнат'],
          candidates: [
            { lexeme: 'гранат', chunks: 1, isSame: false },
            { lexeme: 'гарант', chunks: 5, isSame: false },
            { lexeme: 'гарнитур', chunks: 2, isSame: false },
          ],
        },
      ],
    );
    expect(asked?.kind).toBe('repaired');
    expect(asked?.terms.map(({ lexeme }) => lexeme)).toEqual(['гранат', 'гарант', 'гарнитур']);
    expect(asked?.terms.every(({ closeness }) => closeness < 1)).toBe(true);
  });

  test('a word that resembles nothing is unknown, and weighs less than a rare word that the base has', () => {
    const [asked] = weigh(
      [word('велосипед')],
      [{ lexemes: ['велосипед'], candidates: [{ lexeme: 'лос', chunks: 1, isSame: false }] }],
    );
    expect(asked).toMatchObject({ kind: 'unknown', terms: [] });
    const [rarest] = weigh([word('казань')], [known('казан', 1)]);
    expect(asked?.mass).toBeGreaterThan(0);
    expect(asked?.mass).toBeLessThan(rarest?.mass ?? 0);
  });

  test('other words for the same share the slot; they come before a repair', () => {
    const [asked, ...others] = weigh(
      [word('акб', 0), word('аккумулятор', 0, 0.8)],
      [
        { lexemes: ['акб'], candidates: [{ lexeme: 'кб', chunks: 1, isSame: false }] },
        known('аккумулятор', 4),
      ],
    );
    expect(others).toEqual([]);
    expect(asked).toMatchObject({ kind: 'synonym', terms: [{ lexeme: 'аккумулятор', closeness: 0.8 }] });
  });
});

test('the ten words that say most are searched', () => {
  const words = Array.from({ length: 14 }, (_, slot) => word(`слово${slot}`, slot));
  const asked = weigh(
    words,
    words.map(({ word: lexeme }, index) => known(lexeme, index + 1)),
  );
  const lookup = { chunkCount: 100, averageTerms: 1, words: [] };
  expect(searchTerms({ asked, lookup }).map(({ slot }) => slot)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
});

test('the commonest words are left out beyond what can be read in time, and one is searched in any case', () => {
  const searched = (...frequencies: number[]) => {
    const words = frequencies.map((_, slot) => word(`слово${slot}`, slot));
    const found = frequencies.map((chunks, slot) => known(`слово${slot}`, chunks));
    const lookup = { chunkCount: 1_000_000, averageTerms: 50, words: found };
    return searchTerms({ asked: weighTerms({ words, lookup }), lookup }).map(({ slot }) => slot);
  };
  expect(searched(290_000, 100_000, 300)).toEqual([2, 1]);
  expect(searched(400_000, 350_000)).toEqual([1]);
  expect(searched(30_000, 20_000, 10)).toEqual([2, 1, 0]);
});
