import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AskedTerm } from '../retrieval/term-weights.ts';
import { echoOf, shareAsked } from './echo.ts';

const part = (...lexemes: string[]) => ({ lexemes: new Set(lexemes), things: new Set<number>(), ranges: [] });
const term = (lexemes: Record<string, number>, kind: AskedTerm['kind'] = 'synonym'): AskedTerm => ({
  slot: 0,
  word: 'вернуть',
  mass: 2,
  kind,
  terms: Object.entries(lexemes).map(([lexeme, closeness]) => ({ lexeme, closeness, idf: 2 })),
});
const giveBack = term({ возврат: 0.8, обмен: 0.8, чек: 0.5 });

describe('the echo of a question', () => {
  test('is louder the more of the words that go with it a passage has', () => {
    const one = echoOf([giveBack], part('возврат', 'товар'));
    const three = echoOf([giveBack], part('возврат', 'обмен', 'чек'));
    expect(one).toBeCloseTo(0.8);
    expect(three).toBeCloseTo(0.8 + 0.8 + 0.5);
    expect(echoOf([giveBack], part('доставка'))).toBe(0);
  });

  test('counts other words for less where the base has the word itself', () => {
    const known = term({ верн: 1, возврат: 0.8 }, 'known');
    expect(echoOf([known], part('верн', 'возврат'))).toBeCloseTo(1 + 0.4);
  });

  test('is measured by the rarest word, so that it does not grow with the base', () => {
    const rare = (idf: number) => ({ ...giveBack, terms: giveBack.terms.map((one) => ({ ...one, idf })) });
    expect(echoOf([rare(9)], part('обмен'))).toBeCloseTo(echoOf([rare(3)], part('обмен')));
    expect(echoOf([rare(0)], part('обмен'))).toBe(0);
    expect(echoOf([], part('обмен'))).toBe(0);
  });

  test('never falls when a passage has more words', () => {
    const words = fc.array(fc.constantFrom('возврат', 'обмен', 'чек', 'доставка', 'верн'));
    fc.assert(
      fc.property(words, words, (some, more) => {
        expect(echoOf([giveBack], part(...some, ...more))).toBeGreaterThanOrEqual(
          echoOf([giveBack], part(...some)),
        );
      }),
    );
  });
});

describe('the share of a sentence that was asked', () => {
  test('falls with what it says besides', () => {
    const short = shareAsked([giveBack], part('возврат', 'чек', 'недел'));
    const long = shareAsked([giveBack], part('возврат', 'чек', 'недел', 'магазин', 'москв'));
    expect(short).toBeCloseTo((0.8 + 0.5) / 3);
    expect(long).toBeLessThan(short);
  });

  test('a word alone is not the whole of a question', () => {
    expect(shareAsked([term({ возврат: 1 })], part('возврат'))).toBeCloseTo(1 / 3);
    expect(shareAsked([giveBack], part())).toBe(0);
  });

  test('takes a word that goes with two of the question once, by the closer', () => {
    expect(shareAsked([giveBack, term({ чек: 1 })], part('чек', 'касс', 'паспорт'))).toBeCloseTo(1 / 3);
  });
});
