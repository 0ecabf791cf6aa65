import { expect, test } from 'vitest';
import { createModelWatch } from './model-watch.ts';

const usage = { inputTokens: 0, outputTokens: 0 };
const failed = { model: 'm', outcome: 'failed' as const, usage, code: 'model.unavailable' };
const refused = { model: 'm', outcome: 'refused' as const, usage };

function watch() {
  const told: string[] = [];
  const note = createModelWatch({
    alarm: {
      raise: async ({ kind, accountId }) => void told.push(`+${kind} ${accountId}`),
      clear: async ({ kind, accountId }) => void told.push(`-${kind} ${accountId}`),
    },
  });
  return { told, note };
}

test('answers in a row without any model become an alert, and the first that comes ends it', async () => {
  const { told, note } = watch();
  for (let count = 0; count < 3; count += 1) await note({ accountId: 1, attempts: [failed] });
  expect(told).toEqual(['+model-down 1']);
  await note({ accountId: 1, attempts: [failed, refused] });
  await note({ accountId: 1, attempts: [refused] });
  expect(told).toEqual(['+model-down 1', '-model-down 1']);
});

test('neither a hiccup, nor another account, nor an answer that asked no model counts', async () => {
  const { told, note } = watch();
  await note({ accountId: 1, attempts: [refused] });
  for (const attempts of [[failed], [failed], [], [refused], [failed], [failed]])
    await note({ accountId: 1, attempts });
  await note({ accountId: 2, attempts: [failed] });
  expect(told).toEqual(['-model-down 1', '-model-down 1']);
});
