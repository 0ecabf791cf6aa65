import { describe, expect, test } from 'vitest';
import { namedThings } from '../lexicon/named-things.ts';
import type { AskedTerm } from '../retrieval/term-weights.ts';
import { evidenceOf, isNothing, type StemmedPassage } from './evidence.ts';
import { numberRanges } from './number-ranges.ts';

const term = (word: string, kind: AskedTerm['kind'] = 'known'): AskedTerm => ({
  slot: 0,
  word,
  mass: 2,
  kind,
  terms: kind === 'unknown' ? [] : [{ lexeme: word, closeness: 1, idf: 2 }],
});
const asking = (...asked: AskedTerm[]) => ({ asked, kind: undefined });

// In these tests every word is its own lexeme.
const part = (text: string) => ({
  lexemes: new Set<string>(text.toLowerCase().match(/[\p{L}\d]+/gu)),
  things: namedThings(text),
  ranges: numberRanges(text),
});
const passage = (content: string[], heading = ''): StemmedPassage => ({
  text: content.join(' '),
  title: part(heading),
  ownHeading: part(heading),
  question: null,
  sentences: content.map((text) => ({ text, ...part(text) })),
});
const sofa = passage(['Раскладной диван.', 'Доставим за 900 рублей.'], 'Диван');

describe('what speaks for a passage', () => {
  test('a sentence that has all of the question, with the heading', () => {
    const evidence = evidenceOf(asking(term('диван'), term('доставим')), sofa);
    expect(evidence).toMatchObject({ sentence: 1, worst: 0, numbers: 0 });
    expect(evidence.echo).toBeCloseTo(Math.log1p(2));
    expect(evidence.dense).toBeGreaterThan(0);
  });

  test('the sentence must tell what is asked for', () => {
    const asked = [term('раскладной')];
    expect(evidenceOf({ asked, kind: undefined }, sofa).sentence).toBe(1);
    expect(evidenceOf({ asked, kind: 'price' }, sofa).sentence).toBe(0);
  });

  test('a sentence that tells a price has no need of a word that asks for it', () => {
    const asked = [term('раскладной'), term('почем', 'unknown')];
    const priced = passage(['Раскладной диван 900 ₽.']);
    expect(evidenceOf({ asked, kind: 'price' }, priced).sentence).toBeGreaterThan(0.9);
    expect(evidenceOf({ asked, kind: 'price' }, priced).worst).toBeLessThan(0.1);
    expect(evidenceOf({ asked, kind: undefined }, priced).sentence).toBe(0.5);
  });

  test('what it lacks may be a word of the family of one that it has', () => {
    const kurums = passage(['Тропа идёт через курумник.']);
    expect(evidenceOf(asking(term('курумный', 'unknown')), kurums).likeness).toBeGreaterThan(0.2);
    expect(evidenceOf(asking(term('бегемот', 'unknown')), sofa).likeness).toBe(0);
    expect(evidenceOf(asking(term('доставим')), sofa).likeness).toBe(0);
  });
});

describe('what speaks against it', () => {
  test('the most important word that it lacks', () => {
    const light = evidenceOf(asking(term('диван'), term('хочу', 'unknown')), sofa);
    const heavy = evidenceOf(asking(term('диван'), term('бегемот', 'unknown')), sofa);
    expect(light.worst).toBeLessThan(0.1);
    expect(heavy.worst).toBe(1);
  });

  test('less so where that stands beside what is asked', () => {
    const beside = { ...term('бегемот', 'unknown'), isSetting: true };
    expect(evidenceOf(asking(term('диван'), beside), sofa).worst).toBe(0.5);
  });

  test('numbers that it has not', () => {
    const number = (word: string) => evidenceOf(asking(term('диван'), term(word)), sofa).numbers;
    expect([number('900'), number('160')]).toEqual([0, 1]);
  });

  test('not one that lies between two that it has', () => {
    const boots = passage(['Ботинки, размеры 39–46.']);
    const asked = (size: string) => evidenceOf(asking(term('ботинки'), term(size, 'unknown')), boots);
    expect([asked('43').numbers, asked('47').numbers]).toEqual([0, 1]);
    expect(asked('43').sentence).toBeGreaterThan(asked('47').sentence);
  });
});

test('what is asked for is told apart', () => {
  const asked = [term('диван')];
  const { place, number, way } = evidenceOf({ asked, kind: 'way' }, sofa);
  expect([place, number, way]).toEqual([0, 0, 1]);
  expect(evidenceOf({ asked, kind: 'place' }, sofa).place).toBe(1);
  expect(evidenceOf({ asked, kind: 'number' }, sofa).number).toBe(1);
});

test('a passage without any of the words is none', () => {
  expect(isNothing(evidenceOf(asking(term('бегемот', 'unknown')), sofa))).toBe(true);
  expect(isNothing(evidenceOf(asking(), sofa))).toBe(true);
  expect(isNothing(evidenceOf(asking(term('диван')), sofa))).toBe(false);
});
