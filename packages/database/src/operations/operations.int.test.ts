import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import {
  answerTo,
  buyerMessage,
  newChat,
  operatorMessage,
  useTestDatabase,
} from '../testing/test-database.ts';

const { repositories } = useTestDatabase();
const { chats, events, figures, sends, turns } = repositories;

describe('the figures of an account', () => {
  test('are counted from the rows', async () => {
    const chat = newChat();
    const messages = [buyerMessage(chat), buyerMessage(chat)];
    for (const message of messages) await turns.takeInMessage(message);
    await turns.takeInMessage(buyerMessage(chat, { decision: 'hold', reason: 'too-old' }));
    await turns.claimTurn({ ...chat, turn: 1 });
    const messageIds = messages.map(({ messageId }) => messageId);
    const stored = await turns.storeReply({
      ...answerTo(chat, { turn: 1, messageIds }),
      parts: ['раз', 'два'],
    });
    if (stored.kind !== 'stored') throw new Error(stored.kind);
    const sendId = (await sends.findReply(stored))?.sends[0]?.sendId ?? '';
    await sends.beginSend({ sendId, maxWaitMs: 30_000 });
    await sends.markSent({ sendId, attempt: 1, avitoMessageId: randomUUID() });
    await turns.takeInMessage(buyerMessage(chat));

    const summary = await figures.summarize(chat);
    expect(summary).toMatchObject({
      messages: [
        { authorKind: 'buyer', decision: 'answer', count: 3 },
        { authorKind: 'buyer', decision: 'hold', count: 1 },
        { authorKind: 'us', decision: 'ignore', count: 1 },
      ],
      unanswered: 1,
      handoffs: 0,
      replies: { stored: 1, sent: 0, failed: 0, cancelled: 0 },
      sends: { queued: 1, sending: 0, sent: 1, unknown: 0, failed: 0, cancelled: 0 },
      latencies: { receivedToStored: { count: 2 }, storedToSent: { count: 1 }, receivedToSent: { count: 2 } },
    });
    const { receivedToStored, storedToSent, receivedToSent } = summary.latencies;
    for (const { p50, p95, max } of [receivedToStored, storedToSent, receivedToSent]) {
      expect(p50).toBeGreaterThan(0);
      expect(p95).toBeGreaterThanOrEqual(p50 ?? Infinity);
      expect(max).toBeGreaterThanOrEqual(p95 ?? Infinity);
    }
  });

  test('of an account without messages are zero, and nothing was measured', async () => {
    const summary = await figures.summarize(newChat());
    expect(summary).toMatchObject({ messages: [], unanswered: 0, replies: { sent: 0 }, sends: { sent: 0 } });
    expect(summary.latencies.receivedToSent).toEqual({ count: 0, p50: null, p95: null, max: null });
  });
});

describe('an event that we do not understand', () => {
  test('is kept once, and listed with its reason for its account', async () => {
    const { accountId } = newChat();
    const event = {
      eventKey: `e-${randomUUID()}`,
      accountId,
      reason: 'unknown payload type',
      body: { a: ['\0'] },
    };
    expect(await events.keepUnrecognized(event)).toBe(true);
    expect(await events.keepUnrecognized(event)).toBe(false);
    expect(await events.listUnrecognized({ accountId })).toEqual([
      { ...event, body: { a: [''] }, receivedAt: expect.any(Date) },
    ]);
  });

  test('is listed with those of the other accounts, and of nobody, but not with those of strangers', async () => {
    const [own, other, stranger] = [newChat(), newChat(), newChat()].map(({ accountId }) => accountId);
    const keep = async (accountId: number | null | undefined, reason = 'odd') => {
      const eventKey = `e-${randomUUID()}`;
      await events.keepUnrecognized({ eventKey, accountId: accountId ?? null, reason, body: null });
      return eventKey;
    };
    const ours = [
      await keep(own),
      await keep(other),
      await keep(null),
      await keep(stranger, 'unknown-account'),
    ];
    const theirs = await keep(stranger);
    const listed = await events.listUnrecognized({ ofAnyOf: [own ?? 0, other ?? 0], limit: 1_000 });
    const keys = listed.map(({ eventKey }) => eventKey);
    expect(keys).toEqual(expect.arrayContaining(ours));
    expect(keys).not.toContain(theirs);
    expect(await events.listUnrecognized({ accountId: own ?? 0 })).toHaveLength(1);
  });
});

describe('the lists of chats', () => {
  test('show mode and reason, the latest activity first', async () => {
    const first = newChat();
    const second = { ...newChat(), accountId: first.accountId };
    await turns.takeInMessage(buyerMessage(first));
    await turns.takeInMessage(buyerMessage(second));
    await turns.takeInMessage(operatorMessage(first));
    const { accountId } = first;
    expect((await chats.listChats({ accountId })).map(({ chatId }) => chatId)).toEqual([
      first.chatId,
      second.chatId,
    ]);
    expect(await chats.listChats({ accountId, mode: 'human' })).toMatchObject([
      { ...first, modeReason: 'operator-wrote' },
    ]);
    expect(await chats.listChats({ accountId, limit: 1, offset: 1 })).toMatchObject([second]);
  });

  test('what Avito tells about a chat is kept, and what it leaves out is not erased', async () => {
    const chat = newChat();
    await chats.describeChat({ ...chat, item: { title: 'Гараж' }, buyerName: 'Иван' });
    await turns.takeInMessage(buyerMessage(chat));
    await chats.describeChat({ ...chat, chatType: 'u2i', item: null });
    expect(await chats.findChat(chat)).toMatchObject({
      item: { title: 'Гараж' },
      buyerName: 'Иван',
      chatType: 'u2i',
      itemId: 7_632_548_911,
      mode: 'auto',
    });
  });

  test('a paused chat comes back with the next message, and what was held stays held', async () => {
    const chat = newChat();
    await turns.takeInMessage(buyerMessage(chat));
    expect(await chats.pauseChat(chat)).toMatchObject({ mode: 'human', modeReason: 'paused' });
    expect(await chats.resumeChat(chat)).toMatchObject({ mode: 'auto', modeReason: null });
    expect(await turns.claimTurn({ ...chat, turn: 1 })).toEqual({
      kind: 'gone',
      reason: 'nothing-unanswered',
    });
    await turns.takeInMessage(buyerMessage(chat));
    expect(await turns.claimTurn({ ...chat, turn: 1 })).toMatchObject({ kind: 'claimed', messages: [{}] });
    expect(await chats.listHeldMessages(chat)).toMatchObject([{ decisionReason: 'paused' }]);
  });
});
