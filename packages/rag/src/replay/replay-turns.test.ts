import { expect, test } from 'vitest';
import type { Answer } from '../answering/answer.ts';
import type { AnswerInput } from '../answering/answer-engine.ts';
import { replayTurns } from './replay-turns.ts';
import { unreadIn } from './unread-in.ts';

const answer: Answer = {
  text: 'Да.',
  mode: 'static',
  action: 'answer',
  sources: [],
  usage: { inputTokens: 0, outputTokens: 0, embeddingTokens: 0, calls: [], cost: 0 },
  timings: { approved: 0, rewrite: 0, retrieve: 0, generate: 0, gate: 0, total: 0 },
  trace: { settingsVersion: null, promptVersion: 'p1', words: [], candidates: [], attempts: [] },
};

test.each([
  [{}, undefined],
  [{ unread: [{ kind: 'image', reason: 'no-model' }] }, 'file'],
  [
    {
      unread: [
        { kind: 'image', reason: 'no-model' },
        { kind: 'voice', reason: 'model-failed' },
      ],
    },
    'voice',
  ],
  ['no trace', undefined],
])('a turn is asked again with what nobody could read then: %j', async (trace, unread) => {
  const asked: AnswerInput[] = [];
  const engine = {
    generateAnswer: async (input: AnswerInput) => {
      asked.push(input);
      return answer;
    },
  };
  const turn = {
    id: 'r1',
    chatId: 'c1',
    at: new Date(0),
    question: 'Здравствуйте',
    history: [],
    item: undefined,
    itemId: null,
    unread: unreadIn(trace),
    before: { text: 'Да.', mode: 'static' as const, action: 'answer' as const },
  };
  await replayTurns({ engine }, { turns: [turn], asked: { accountId: 1 } });
  expect(asked.map((each) => each.unread)).toEqual([unread]);
});
