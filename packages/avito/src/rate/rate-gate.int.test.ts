import { expect, test } from 'vitest';
import { setUp } from '../testing/client-set-up.ts';
import { CHAT_ID, USER_ID } from '../testing/examples.ts';
import type { RateFacts, RateGate } from './rate-gate.ts';

const hello = { userId: USER_ID, chatId: CHAT_ID, text: 'Да, продаём' };

test('after a 429 the next call is not even made before its time', async () => {
  const { avito, client } = await setUp();
  avito.replyOnce({ status: 429, headers: { 'retry-after': '30' } });
  await client.sendText(hello);
  const outcome = await client.sendText(hello);
  expect(outcome).toMatchObject({
    outcome: 'not-sent',
    error: { name: 'AvitoHeldBackError', code: 'avito.rate-limited', isRetryable: true },
  });
  if (outcome.outcome !== 'not-sent') throw new Error('sent');
  expect(outcome.error.retryAfterMs).toBeLessThanOrEqual(30_000);
  expect(avito.apiCalls()).toHaveLength(1);
});

test('a short wait is waited for', async () => {
  const waits = [1, 1, 0];
  const rateGate: RateGate = { waitMs: async () => waits.shift() ?? 0, note: () => {} };
  const { avito, client } = await setUp({ rateGate });
  avito.replyOnce({ body: { id: 'm1' } });
  expect((await client.sendText(hello)).outcome).toBe('sent');
  expect(waits).toEqual([]);
});

test('a gate that never opens does not hold a call for ever', async () => {
  const { avito, client } = await setUp({ rateGate: { waitMs: () => 1_001, note: () => {} } });
  expect((await client.sendText(hello)).outcome).toBe('not-sent');
  expect(avito.apiCalls()).toEqual([]);
});

test('a caller that cancels does not wait', async () => {
  const caller = new AbortController();
  const rateGate: RateGate = {
    waitMs: () => {
      setImmediate(() => caller.abort());
      return 2_000;
    },
    note: () => {},
  };
  const { avito, client } = await setUp({ rateGate });
  expect(await client.sendText({ ...hello, signal: caller.signal })).toMatchObject({
    outcome: 'not-sent',
    error: { code: 'avito.aborted' },
  });
  expect(avito.apiCalls()).toEqual([]);
});

test('each answer is noted, those to a refused token too', async () => {
  const noted: RateFacts[] = [];
  const rateGate: RateGate = { waitMs: () => 0, note: (facts) => void noted.push(facts) };
  const { avito, client } = await setUp({ rateGate });
  avito.replyOnce({ status: 403 });
  avito.replyOnce({ status: 429, headers: { 'retry-after': '1' } });
  await client.sendText(hello);
  expect(noted).toEqual([
    { lane: 'messenger', status: 403, retryAfterMs: undefined },
    { lane: 'messenger', status: 429, retryAfterMs: 1_000 },
  ]);
});
