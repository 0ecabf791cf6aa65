import { assert, property, string } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readApprovedFile, readApprovedPair, writeApprovedFile } from './approved-pair.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

describe('a pair', () => {
  test('is stored as plain text, with its question as questions are compared', () => {
    expect(
      readApprovedPair({
        question: ' Здравствуйте, есть ПАРКОВКА? ',
        answer: '**Да**, [карта](https://a.ru)',
      }),
    ).toEqual({
      question: 'Здравствуйте, есть ПАРКОВКА?',
      folded: expect.stringContaining('парковка'),
      answer: 'Да, карта: https://a.ru',
    });
  });

  test.each([
    [{ question: 'Парковка?', answer: ' \u200B ' }, 'the answer is empty'],
    [{ question: 'Здравствуйте, подскажите пожалуйста', answer: 'Да' }, 'asks nothing'],
    [{ question: 'Парковка?', answer: 'а'.repeat(8_001) }, 'longer than 8000'],
  ])('that cannot be used is refused: %#', (pair, problem) => {
    expect(() => readApprovedPair(pair)).toThrow(problem);
  });
});

describe('a file', () => {
  test.each([
    ['CSV', 'вопрос;ответ\nПарковка?;Да'],
    ['JSON', '[{"question": "Парковка?", "answer": "Да"}]'],
    ['JSON with a name', '{"pairs": [{"question": "Парковка?", "answer": "Да"}]}'],
  ])('of %s gives its pairs', (_, text) => {
    expect(readApprovedFile(bytes(text))).toMatchObject({
      pairs: [{ question: 'Парковка?', answer: 'Да' }],
      incomplete: [],
    });
  });

  test('with a pair that cannot be used is refused, and names it', () => {
    const text = JSON.stringify([
      { question: 'Парковка?', answer: 'Да' },
      { question: 'Привет', answer: 'Да' },
    ]);
    expect(() => readApprovedFile(bytes(text))).toThrow('pair 2 („Привет“)');
  });

  test('that answers one question differently is refused, as one of the answers would be lost', () => {
    const text = 'вопрос;ответ\nПарковка?;Да\nПарковка есть?;Да\nпарковка;Нет';
    expect(() => readApprovedFile(bytes(text))).toThrow('pair 1 („Парковка?“) and pair 3 („парковка“)');
    expect(readApprovedFile(bytes('вопрос;ответ\nПарковка?;Да\nпарковка;Да')).pairs).toHaveLength(2);
  });

  test('with a row that lacks its answer says so', () => {
    expect(readApprovedFile(bytes('вопрос;ответ\nПарковка?;Да\nВода?;'))).toMatchObject({
      pairs: [{ question: 'Парковка?' }],
      incomplete: [{ at: 'line 3', missing: 'answer' }],
    });
  });

  test.each(['[1]', '{"a":1}', '{', '{"pairs": 7}', 'null'])('„%s“ holds no pairs', (text) => {
    expect(() => readApprovedFile(bytes(text))).toThrow();
  });

  test('is read back as it was written, in either format', () => {
    assert(
      property(string({ unit: 'grapheme' }), (tail) => {
        const pair = { question: `Парковка "у" входа; ${tail}`, answer: `Да,\nесть "место"; ${tail}.` };
        const { folded: _, ...ready } = readApprovedPair(pair);
        for (const format of ['csv', 'json'] as const) {
          const written = writeApprovedFile([ready], { format });
          expect(readApprovedFile(bytes(written)).pairs).toMatchObject([ready]);
        }
      }),
    );
  });
});
