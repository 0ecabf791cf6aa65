import { describe, expect, test } from 'vitest';
import { buyerMessage, delivery, fakeRepositories, storedMessage } from '../testing/ledger-fakes.ts';
import type { Ledger } from './simulator-client.ts';
import { isSound, summarize } from './summary.ts';

type Rows = Parameters<typeof fakeRepositories>[0];

const summaryOf = (ledger: Partial<Ledger>, rows: Partial<Rows> = {}) =>
  summarize({
    ledger: { buyerMessages: [], deliveries: [], ...ledger },
    repositories: fakeRepositories({ messages: [], replies: {}, ...rows }),
    accountId: 1,
  });

describe("buyers' messages", () => {
  test('are answered, or handed to a person by a reply or by a decision', async () => {
    const summary = await summaryOf(
      {
        buyerMessages: [
          buyerMessage('m1', 'once'),
          buyerMessage('m2', 'once'),
          buyerMessage('m3', 'unanswered', 'other chat'),
        ],
      },
      {
        messages: [
          storedMessage({ messageId: 'm1', replyId: 'r1' }),
          storedMessage({ messageId: 'm2', replyId: 'r2' }),
          storedMessage({ messageId: 'm3', chatId: 'other chat', decision: 'hold' }),
        ],
        replies: { r1: 'answer', r2: 'handoff' },
      },
    );
    expect(summary).toMatchObject({
      received: 3,
      answered: 1,
      handedOff: 2,
      unanswered: 0,
      answeredTwice: 0,
    });
    expect(isSound(summary)).toBe(true);
  });

  test('that the database never saw are unanswered', async () => {
    const summary = await summaryOf({ buyerMessages: [buyerMessage('m1', 'unanswered')] });
    expect(summary).toMatchObject({ received: 1, answered: 0, handedOff: 0, unanswered: 1 });
    expect(isSound(summary)).toBe(false);
  });

  test('with a reply that never arrived are unanswered', async () => {
    const summary = await summaryOf(
      { buyerMessages: [buyerMessage('m1', 'unanswered')] },
      { messages: [storedMessage({ messageId: 'm1', replyId: 'r1' })], replies: { r1: 'answer' } },
    );
    expect(summary).toMatchObject({ answered: 0, unanswered: 1 });
    expect(isSound(summary)).toBe(false);
  });

  test('with two answers are counted as such, and not as answered', async () => {
    const summary = await summaryOf(
      { buyerMessages: [buyerMessage('m1', 'twice'), buyerMessage('m2', 'once')] },
      {
        messages: [
          storedMessage({ messageId: 'm1', replyId: 'r1' }),
          storedMessage({ messageId: 'm2', replyId: 'r1' }),
        ],
        replies: { r1: 'answer' },
      },
    );
    expect(summary).toMatchObject({ answered: 1, answeredTwice: 1 });
    expect(isSound(summary)).toBe(false);
  });
});

test('a demo in which nobody wrote proves nothing', async () => {
  expect(isSound(await summaryOf({}))).toBe(false);
});

test('refused and repeated webhooks are counted from what ingest answered', async () => {
  const { rejected, duplicates } = await summaryOf({
    deliveries: [
      delivery({ status: 401 }),
      delivery({ responseBody: '{"outcome":"duplicate"}' }),
      delivery({ responseBody: '{"outcome":"accepted"}' }),
      delivery({ outcome: 'unreachable', status: 401 }),
    ],
  });
  expect({ rejected, duplicates }).toEqual({ rejected: 1, duplicates: 1 });
});

test("only Avito's own messages count as ignored", async () => {
  const figures = [
    { authorKind: 'avito', decision: 'ignore', count: 2 },
    { authorKind: 'us', decision: 'ignore', count: 5 },
  ] as const;
  expect((await summaryOf({}, { figures: [...figures] })).ignored).toBe(2);
});

test('times are whole milliseconds, and null where nothing was measured', async () => {
  const deliveries = [5.2, 1.4, 3.3].map((latencyMs) => delivery({ latencyMs }));
  expect((await summaryOf({ deliveries })).milliseconds).toEqual({
    acknowledge: { p50: 3, p95: 5, max: 5 },
    receivedToStored: { p50: 10, p95: 21, max: 21 },
    storedToSent: { p50: null, p95: null, max: null },
    receivedToSent: { p50: null, p95: null, max: null },
  });
});
