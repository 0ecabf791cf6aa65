import { expect, test } from 'vitest';
import { createModelWatch } from './model-watch.ts';

const usage = { inputTokens: 0, outputTokens: 0 };
const failed = { model: 'm', outcome: 'failed' as const, usage, code: 'model.unavailable' };
const refused = { model: 'm', outcome: 'refused' as const, usage };
const unsearched = { attempts: [], words: [], candidates: [] };
const searched = { ...unsearched, words: [{ word: 'доставка', kind: 'known' }] };

function watch() {
  const told: string[] = [];
  const messages: string[] = [];
  const note = createModelWatch({
    alarm: {
      raise: async ({ kind, accountId, message }) => {
        told.push(`+${kind} ${accountId}`);
        messages.push(message);
      },
      clear: async ({ kind, accountId }) => void told.push(`-${kind} ${accountId}`),
    },
  });
  return { told, messages, note };
}

test('answers in a row without any model become an alert, and the first that comes ends it', async () => {
  const { told, note } = watch();
  const noteAttempts = (...attempts: (typeof failed | typeof refused)[]) =>
    note({ accountId: 1, trace: { ...unsearched, attempts } });
  for (let count = 0; count < 3; count += 1) await noteAttempts(failed);
  expect(told).toEqual(['+model-down 1']);
  await noteAttempts(failed, refused);
  await noteAttempts(refused);
  expect(told).toEqual(['+model-down 1', '-model-down 1']);
});

test('the alert says of each model what is wrong with it, also when it is not asked any more for that', async () => {
  const { messages, note } = watch();
  const broke = { ...failed, model: 'first', code: 'model.no-money' };
  const refusing = { ...failed, model: 'second', code: 'model.unauthorized' };
  const resting = { ...broke, code: 'model.resting' };
  for (const first of [broke, broke, broke, resting])
    await note({ accountId: 1, trace: { ...unsearched, attempts: [first, refusing] } });
  expect(messages).toHaveLength(2);
  for (const message of messages) {
    expect(message).toMatch(
      /first: на счёте у поставщика модели кончились деньги или квота \(model\.no-money\)/,
    );
    expect(message).toMatch(/second: сервер модели не принял ключ/);
  }
});

test('neither a hiccup, nor another account, nor an answer that asked no model counts', async () => {
  const { told, note } = watch();
  const noteAttempts = (accountId: number, attempts: (typeof failed | typeof refused)[]) =>
    note({ accountId, trace: { ...unsearched, attempts } });
  await noteAttempts(1, [refused]);
  for (const attempts of [[failed], [failed], [], [refused], [failed], [failed]])
    await noteAttempts(1, attempts);
  await noteAttempts(2, [failed]);
  expect(told).toEqual(['-model-down 1', '-model-down 1']);
});

test('a search that had to do without meaning, because the money is spent, tells nothing of its model', async () => {
  const { told, note } = watch();
  const failing = { ...searched, meaningFailure: 'model.unavailable' };
  const held = { ...searched, leftOut: ['meaning' as const] };
  for (const trace of [failing, failing, held, failing, held]) await note({ accountId: 1, trace });
  expect(told).toEqual(['+search-by-meaning-down 1']);
});

test('searches in a row without meaning become an alert of their own, which the first that works ends', async () => {
  const { told, note } = watch();
  const failing = { ...searched, meaningFailure: 'model.unavailable' };
  // A greeting is not looked up: it says nothing of the search.
  for (const trace of [failing, unsearched, failing, failing]) await note({ accountId: 1, trace });
  expect(told).toEqual(['+search-by-meaning-down 1']);
  await note({ accountId: 1, trace: searched });
  expect(told).toEqual(['+search-by-meaning-down 1', '-search-by-meaning-down 1']);
});
