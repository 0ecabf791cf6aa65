import { describe, expect, test } from 'vitest';
import { readApprovedPair } from './approved-pair.ts';

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
