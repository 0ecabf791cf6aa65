import { describe, expect, test } from 'vitest';
import { namedThings } from '../lexicon/named-things.ts';
import type { AskedTerm } from '../retrieval/term-weights.ts';
import type { StemmedPassage } from './evidence.ts';
import { numberRanges } from './number-ranges.ts';
import { extractAnswer, MIN_CONFIDENCE } from './extractive-answer.ts';

const term = (word: string, slot: number, kind: AskedTerm['kind'] = 'known'): AskedTerm => ({
  slot,
  word,
  mass: 2,
  kind,
  terms: kind === 'unknown' ? [] : [{ lexeme: word, closeness: 1, idf: 2 }],
});
const asking = (...words: string[]) => ({
  asked: words.map((word, slot) => term(word, slot)),
  kind: undefined,
});

// In these tests every word is its own lexeme.
const part = (text: string) => ({
  lexemes: new Set<string>(text.toLowerCase().match(/\p{L}+|\d+/gu)),
  things: namedThings(text),
  ranges: numberRanges(text),
});
const passage = (content: string[], heading = '', question: string | null = null): StemmedPassage => ({
  text: content.join(' '),
  title: part(heading),
  ownHeading: part(heading),
  question: question === null ? null : part(question),
  sentences: content.map((text) => ({ text, ...part(text) })),
});
const delivery = passage(['Казань: два дня.'], 'Доставка');
const warranty = passage(['Шесть месяцев на всё.'], 'Гарантия');

describe('extractAnswer', () => {
  test('quotes the passage that has most of what was asked', () => {
    const extract = extractAnswer({ whole: asking('доставка', 'казань'), passages: [warranty, delivery] });
    expect(extract).toMatchObject({ passages: [1], text: 'Казань: два дня.' });
    expect(extract?.confidence).toBeGreaterThan(MIN_CONFIDENCE);
  });

  test('is not sure of a question whose subject the base has not', () => {
    const whole = { asked: [term('доставка', 0), term('бегемот', 1, 'unknown')], kind: undefined };
    expect(extractAnswer({ whole, passages: [delivery] })?.confidence).toBeLessThan(MIN_CONFIDENCE);
  });

  test('is less sure where a price is asked and none is told', () => {
    const whole = asking('доставка', 'казань');
    const confidence = (kind: 'price' | undefined) =>
      extractAnswer({ whole: { ...whole, kind }, passages: [delivery] })?.confidence ?? 0;
    expect(confidence('price')).toBeLessThan(confidence(undefined));
  });

  test('a discount that is there does not speak for whom it is asked', () => {
    const families = {
      ...term('многодетным', 1, 'synonym'),
      terms: [{ lexeme: 'скидка', closeness: 0.5, idf: 2 }],
    };
    const passages = [passage(['Скидка от трёх вещей.'])];
    const alone = extractAnswer({ whole: asking('скидка'), passages });
    const both = extractAnswer({
      whole: { asked: [term('скидка', 0), families], kind: undefined },
      passages,
    });
    expect(both?.confidence).toBeLessThan(alone?.confidence ?? 0);
  });

  test('another word for the thing that a heading names is meant', () => {
    const under = (heading: string) => passage(['С навесным дороже.'], heading);
    const motor = {
      ...term('мотор', 0, 'synonym'),
      terms: [{ lexeme: 'двигатель', closeness: 0.8, idf: 2 }],
    };
    const whole = { asked: [motor], kind: undefined };
    const extract = extractAnswer({ whole, passages: [under('Колёса'), under('Двигатель')] });
    expect(extract?.passages).toEqual([1]);
    expect(extractAnswer({ whole, passages: [under('Колёса')] })).toBeUndefined();
  });

  describe('of a thing that is named by its number', () => {
    const [first, second] = [
      passage(['Ячейка 101 на складе 8100: болты.']),
      passage(['Ячейка 108 на складе 8100: гайки.']),
    ];
    const about = (number: string) => asking('ячейка', 'склад', '8100', number);

    test('only a passage that has the number is quoted, however alike another is', () => {
      expect(extractAnswer({ whole: about('108'), passages: [first, second] })?.passages).toEqual([1]);
      expect(extractAnswer({ whole: about('108'), passages: [first] })).toBeUndefined();
    });

    test('what the base does not know by number may be meant otherwise', () => {
      const asked = [...about('8100').asked, term('2027', 9, 'unknown')];
      expect(extractAnswer({ whole: { asked, kind: undefined }, passages: [first] })?.passages).toEqual([0]);
    });

    test('small numbers stand beside what is asked', () => {
      expect(extractAnswer({ whole: asking('ячейка', '8100', '12'), passages: [first] })?.passages).toEqual([
        0,
      ]);
    });

    test('one of two questions is answered by a passage with its number, and none by another', () => {
      const parts = [about('108'), asking('115')];
      const whole = asking('ячейка', 'склад', '8100', '108', '115');
      expect(extractAnswer({ whole, parts, passages: [first, second] })?.passages).toEqual([1]);
      expect(extractAnswer({ whole, parts, passages: [first] })).toBeUndefined();
    });
  });

  test('each of two questions is answered by its own passage', () => {
    const parts = [asking('казань'), asking('гарантия')];
    const extract = extractAnswer({
      whole: asking('казань', 'гарантия'),
      parts,
      passages: [delivery, warranty],
    });
    expect(extract).toMatchObject({ passages: [0, 1], text: 'Казань: два дня.\n\nШесть месяцев на всё.' });
  });

  test('one passage for two questions gives way to one for each where that is sure enough for the account', () => {
    const both = passage(['В Казань гарантия та же.'], 'Казань и гарантия');
    const given = {
      whole: asking('казань', 'гарантия'),
      parts: [asking('казань'), asking('гарантия')],
      passages: [both, delivery, warranty],
    };
    expect(extractAnswer({ ...given, minConfidence: 0.6 })?.passages).toEqual([1, 0]);
    const surer = extractAnswer({ ...given, minConfidence: 0.9 });
    expect(surer?.passages).toEqual([0]);
    expect(surer?.confidence).toBeGreaterThan(0.9);
  });

  test('finds nothing where no word is', () => {
    expect(extractAnswer({ whole: asking('футбол'), passages: [delivery] })).toBeUndefined();
    expect(extractAnswer({ whole: asking('футбол'), passages: [] })).toBeUndefined();
  });
});
