import { expect, test } from 'vitest';
import { createAnswerGap } from './answer-gap.ts';

function setUp() {
  const saved: unknown[] = [];
  const closed: unknown[] = [];
  const answerGap = createAnswerGap({
    gaps: {
      find: async ({ gapId }) =>
        gapId === 'gap'
          ? {
              question: 'Трейд-ин есть? Мой номер 89001234567',
              examples: [{ question: 'принимаете старый?' }, { question: 'привет' }],
            }
          : undefined,
      close: async (key) => closed.push(key) > 0,
    },
    approved: {
      save: async (input) => {
        saved.push(input);
        return { pairs: input.pairs.map(({ question }) => question) };
      },
    },
  });
  const key = { accountId: 1, knowledgeAccountId: 2, gapId: 'gap', answer: '**Да.**' };
  return { answerGap, key, saved, closed };
}

test('the answer is approved for the most frequent wording, without what is personal in it', async () => {
  const { answerGap, key, saved, closed } = setUp();
  const { questions } = await answerGap(key);
  expect(questions).toHaveLength(1);
  expect(questions[0]).toBe('Трейд-ин есть?');
  expect(saved).toMatchObject([{ accountId: 2, gapId: 'gap', pairs: [{ answer: 'Да.' }] }]);
  expect(closed).toEqual([{ accountId: 1, gapId: 'gap', status: 'answered' }]);
});

test('or for the wording of the operator, and for all others that ask something', async () => {
  const { answerGap, key } = setUp();
  expect(await answerGap({ ...key, question: 'Есть трейд-ин?' })).toMatchObject({
    questions: ['Есть трейд-ин?'],
  });
  const { questions } = await answerGap({ ...key, question: 'Есть трейд-ин?', allWordings: true });
  expect(questions).toEqual([
    'Есть трейд-ин?',
    expect.stringMatching(/^Трейд-ин есть/),
    'принимаете старый?',
  ]);
});

test('a wording that names another number does not get the answer', async () => {
  const { answerGap, key } = setUp();
  const { questions } = await answerGap({ ...key, question: 'Есть трейд-ин на 13?', allWordings: true });
  expect(questions).toEqual(['Есть трейд-ин на 13?']);
});

test('nothing is closed by an answer that cannot be sent, nor is an unknown gap', async () => {
  const { answerGap, key, closed } = setUp();
  await expect(answerGap({ ...key, answer: ' ' })).rejects.toMatchObject({ code: 'answering.bad-pair' });
  await expect(answerGap({ ...key, gapId: 'no' })).rejects.toMatchObject({ code: 'answering.unknown-gap' });
  expect(closed).toEqual([]);
});
