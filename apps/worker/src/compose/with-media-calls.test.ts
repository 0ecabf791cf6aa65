import { expect, test } from 'vitest';
import { withMediaCalls } from './with-media-calls.ts';

const tokens = (inputTokens: number, outputTokens: number) => ({ inputTokens, outputTokens });
const usage = {
  ...tokens(100, 10),
  embeddingTokens: 5,
  model: 'chat',
  calls: [{ model: 'chat', usage: tokens(100, 10), cost: 2 }],
  cost: 2,
};
const heard = (cost: number | null) => ({ model: 'hears', usage: tokens(30, 3), cost });

test('what was paid for reading files is part of what the answer cost', () => {
  expect(withMediaCalls(usage, [heard(1), heard(1)])).toEqual({
    ...tokens(160, 16),
    embeddingTokens: 5,
    model: 'chat',
    calls: [heard(1), heard(1), ...usage.calls],
    cost: 4,
  });
});

test('an unknown price leaves the sum unknown, and no file leaves it as it is', () => {
  expect(withMediaCalls(usage, [heard(null)]).cost).toBeNull();
  expect(withMediaCalls({ ...usage, cost: null }, [heard(1)]).cost).toBeNull();
  expect(withMediaCalls(usage, [])).toEqual(usage);
});
