import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import {
  answerTo,
  buyerMessage,
  newChat,
  operatorMessage,
  useTestDatabase,
} from '../testing/test-database.ts';
import { createTurnSteps } from '../testing/turn-steps.ts';

const { pool, repositories } = useTestDatabase();
const { chats, turns, sends } = repositories;
const times = <T>(count: number, make: (index: number) => Promise<T>) =>
  Promise.all(Array.from({ length: count }, (_, index) => make(index)));
const { rewind, claimed } = createTurnSteps({ pool, repositories });

describe('taking a message in', () => {
  test('a message that twenty workers insert at once counts once and opens one turn', async () => {
    const message = buyerMessage(newChat(), { quietMs: 5_000 });
    const results = await times(20, () => turns.takeInMessage(message));
    expect(results.filter(({ inserted }) => inserted)).toHaveLength(1);
    expect(new Set(results.map(({ turn }) => turn))).toEqual(new Set([1]));
    expect(results.every(({ unanswered }) => unanswered)).toBe(true);
    expect(await chats.listMessages(message)).toHaveLength(1);
  });

  test('ids beyond 32 bits, NUL characters and half surrogates survive', async () => {
    const chat = newChat();
    const text = 'цена\u0000? \ud83d';
    await turns.takeInMessage(buyerMessage(chat, { text, content: { text, ['k\u0000']: [text] } }));
    const [message] = await chats.listMessages(chat);
    expect(message).toMatchObject({ ...chat, itemId: 7_632_548_911, text: 'цена? \ufffd' });
    expect(message?.content).toEqual({ text: 'цена? \ufffd', k: ['цена? \ufffd'] });
  });

  test('each message of a burst prolongs the wait, but not beyond the maximum after the first', async () => {
    const chat = newChat();
    // So long that what the test itself takes does not matter.
    const write = () => turns.takeInMessage(buyerMessage(chat, { quietMs: 2_000_000, maxWaitMs: 6_000_000 }));
    const first = await write();
    expect(first.delayMs).toBeGreaterThan(1_500_000);
    expect(first.delayMs).toBeLessThanOrEqual(2_000_000);
    await rewind(chat, 1_500);
    const second = await write();
    expect(second.delayMs).toBeGreaterThan(1_500_000);
    await rewind(chat, 4_000);
    const last = await write();
    expect(last.delayMs).toBeLessThanOrEqual(500_000);
    expect([first.turn, second.turn, last.turn]).toEqual([1, 1, 1]);
  });

  test('a duplicate of a message whose job was never queued says where to ring', async () => {
    const chat = newChat();
    const message = buyerMessage(chat);
    await turns.takeInMessage(message);
    expect(await turns.takeInMessage(message)).toMatchObject({ inserted: false, unanswered: true, turn: 1 });
    await claimed(chat, 1);
    expect(await turns.takeInMessage(message)).toMatchObject({ unanswered: true, turn: 1, delayMs: 0 });
  });

  test('a duplicate of an answered message asks for nothing', async () => {
    const chat = newChat();
    const message = buyerMessage(chat);
    await turns.takeInMessage(message);
    const { messageIds } = await claimed(chat, 1);
    await turns.storeReply(answerTo(chat, { turn: 1, messageIds }));
    expect(await turns.takeInMessage(message)).toMatchObject({ inserted: false, unanswered: false });
  });

  test('a message that is held opens no turn', async () => {
    const chat = newChat();
    const taken = await turns.takeInMessage(buyerMessage(chat, { decision: 'hold', reason: 'too-old' }));
    expect(taken).toMatchObject({ inserted: true, unanswered: false, decision: 'hold' });
    expect(await turns.claimTurn({ ...chat, turn: 1 })).toEqual({
      kind: 'gone',
      reason: 'nothing-unanswered',
    });
    expect(await chats.listHeldMessages(chat)).toMatchObject([{ decisionReason: 'too-old' }]);
  });

  test('a message judged before a person took the chat is held', async () => {
    const chat = newChat();
    await turns.takeInMessage(operatorMessage(chat));
    const taken = await turns.takeInMessage(buyerMessage(chat));
    expect(taken).toMatchObject({ inserted: true, unanswered: false, decision: 'hold' });
  });
});

describe('claiming a turn', () => {
  test('before it is due the claim says how long to wait', async () => {
    const chat = newChat();
    await turns.takeInMessage(buyerMessage(chat, { quietMs: 20_000 }));
    const claim = await turns.claimTurn({ ...chat, turn: 1 });
    expect(claim).toMatchObject({ kind: 'not-due' });
    await rewind(chat, 20);
    expect(await turns.claimTurn({ ...chat, turn: 1 })).toMatchObject({ kind: 'claimed' });
  });

  test('it takes all unanswered messages in their order, and the history before them', async () => {
    const chat = newChat();
    const at = (second: number) => new Date(Date.UTC(2026, 10, 22, 12, 0, second));
    await turns.takeInMessage(buyerMessage(chat, { text: 'старое', createdAt: at(1) }));
    const first = await claimed(chat, 1);
    await turns.storeReply(answerTo(chat, { turn: 1, messageIds: first.messageIds }));
    await turns.takeInMessage(buyerMessage(chat, { text: 'третье', createdAt: at(9) }));
    await turns.takeInMessage(buyerMessage(chat, { text: 'первое', createdAt: at(5) }));
    // Of one second what came first is first; PGlite's clock counts whole milliseconds, and both may come in the same.
    await pool.query("update messages set received_at = received_at - interval '1 s' where account_id = $1", [
      chat.accountId,
    ]);
    await turns.takeInMessage(buyerMessage(chat, { text: 'второе', createdAt: at(5) }));
    const claim = await claimed(chat, 2);
    expect(claim.messages.map(({ text }) => text)).toEqual(['первое', 'второе', 'третье']);
    expect(claim.history.map(({ text }) => text)).toEqual(['старое']);
    expect(claim.chat).toMatchObject({ ...chat, chatType: 'u2i', buyerId: 287_654_321, mode: 'auto' });
  });

  test('a job that runs again after a crash claims the same turn again', async () => {
    const chat = newChat();
    await turns.takeInMessage(buyerMessage(chat));
    const before = await claimed(chat, 1);
    const after = await claimed(chat, 1);
    expect(after.messageIds).toEqual(before.messageIds);
  });

  test('a turn that is claimed again leaves the time of the next turn as it was', async () => {
    const chat = newChat();
    await turns.takeInMessage(buyerMessage(chat));
    await claimed(chat, 1);
    const late = buyerMessage(chat, { quietMs: 20_000 });
    await turns.takeInMessage(late);
    expect((await claimed(chat, 1)).messages).toHaveLength(2);
    expect(await turns.claimTurn({ ...chat, turn: 2 })).toMatchObject({ kind: 'not-due' });
  });

  test('twenty workers with the same turn store one reply', async () => {
    const chat = newChat();
    await turns.takeInMessage(buyerMessage(chat));
    const results = await times(20, async (index) => {
      const claim = await turns.claimTurn({ ...chat, turn: 1 });
      if (claim.kind === 'stored') return claim;
      if (claim.kind !== 'claimed') throw new Error(claim.kind);
      const messageIds = claim.messages.map(({ messageId }) => messageId);
      return turns.storeReply(answerTo(chat, { turn: 1, messageIds, text: `ответ ${index}` }));
    });
    const ids = new Set(results.map((result) => (result.kind === 'stored' ? result.replyId : result.kind)));
    expect(ids.size).toBe(1);
    const { rows } = await pool.query('select count(*)::int as replies from replies where account_id = $1', [
      chat.accountId,
    ]);
    expect(rows).toEqual([{ replies: 1 }]);
    expect(await turns.claimTurn({ ...chat, turn: 1 })).toMatchObject({ kind: 'stored' });
  });

  test('a turn in which nothing waits any more is closed, and no sweep rings for it', async () => {
    const chat = newChat();
    const { turn } = await turns.takeInMessage(buyerMessage(chat));
    await pool.query("update messages set decision = 'ignore' where chat_id = $1", [chat.chatId]);
    expect(await turns.claimTurn({ ...chat, turn })).toEqual({ kind: 'gone', reason: 'nothing-unanswered' });
    expect(await turns.reopenTurn({ ...chat, olderThanMs: -1_000 })).toBeUndefined();
  });

  test('a chat that was never seen has nothing to claim', async () => {
    expect(await turns.claimTurn({ ...newChat(), turn: 1 })).toEqual({
      kind: 'gone',
      reason: 'unknown-chat',
    });
  });
});

describe('storing a reply', () => {
  test('a message that comes while composing supersedes the turn, and the next turn has both', async () => {
    const chat = newChat();
    await turns.takeInMessage(buyerMessage(chat));
    const { messageIds } = await claimed(chat, 1);
    const late = await turns.takeInMessage(buyerMessage(chat));
    expect(late.turn).toBe(2);
    expect(await turns.storeReply(answerTo(chat, { turn: 1, messageIds }))).toEqual({ kind: 'superseded' });
    expect(await turns.claimTurn({ ...chat, turn: 1 })).toEqual({ kind: 'gone', reason: 'superseded' });
    expect((await claimed(chat, 2)).messages).toHaveLength(2);
  });

  test('a turn whose successor is being composed stores nothing', async () => {
    const chat = newChat();
    await turns.takeInMessage(buyerMessage(chat));
    const { messageIds } = await claimed(chat, 1);
    await turns.takeInMessage(buyerMessage(chat));
    await claimed(chat, 2);
    expect(await turns.storeReply({ ...answerTo(chat, { turn: 1, messageIds }), maxWaitMs: 0 })).toEqual({
      kind: 'superseded',
    });
  });

  test('a buyer who never stops writing is answered after the maximum wait, the rest in the next turn', async () => {
    const chat = newChat();
    await turns.takeInMessage(buyerMessage(chat));
    const { messageIds } = await claimed(chat, 1);
    const late = buyerMessage(chat);
    await turns.takeInMessage(late);
    const stored = await turns.storeReply({ ...answerTo(chat, { turn: 1, messageIds }), maxWaitMs: 0 });
    expect(stored.kind).toBe('stored');
    expect((await claimed(chat, 2)).messageIds).toEqual([late.messageId]);
  });

  test('what a claim left out is due at once in the next turn', async () => {
    const chat = newChat();
    await turns.takeInMessage(buyerMessage(chat));
    await turns.takeInMessage(buyerMessage(chat));
    const { messageIds } = await claimed(chat, 1);
    const [first = ''] = messageIds;
    await turns.storeReply({ ...answerTo(chat, { turn: 1, messageIds: [first] }), maxWaitMs: 0 });
    expect((await claimed(chat, 2)).messageIds).toEqual(messageIds.slice(1));
  });

  test('a person who steps in while composing keeps the text from being stored', async () => {
    const chat = newChat();
    await turns.takeInMessage(buyerMessage(chat));
    const { messageIds } = await claimed(chat, 1);
    await turns.takeInMessage(operatorMessage(chat));
    expect(await turns.storeReply(answerTo(chat, { turn: 1, messageIds }))).toEqual({ kind: 'taken-over' });
    expect(await chats.listHeldMessages(chat)).toMatchObject([{ decisionReason: 'operator-wrote' }]);
  });

  test('a hand-off gives the chat to a person, and its own text still leaves', async () => {
    const chat = newChat();
    await turns.takeInMessage(buyerMessage(chat));
    const { messageIds } = await claimed(chat, 1);
    const input = answerTo(chat, { turn: 1, messageIds });
    const stored = await turns.storeReply({
      ...input,
      reply: { ...input.reply, action: 'handoff', mode: 'static', reason: 'not-in-knowledge-base' },
    });
    if (stored.kind !== 'stored') throw new Error(stored.kind);
    expect(await chats.findChat(chat)).toMatchObject({ mode: 'human', modeReason: 'not-in-knowledge-base' });
    const found = await sends.findReply(stored);
    expect(found?.sends.map(({ part, status }) => ({ part, status }))).toEqual([
      { part: 1, status: 'queued' },
    ]);
    expect(await sends.beginSend({ sendId: found?.sends[0]?.sendId ?? '', maxWaitMs: 30_000 })).toMatchObject(
      { kind: 'go' },
    );
  });

  test('a text in several parts keeps their order', async () => {
    const chat = newChat();
    await turns.takeInMessage(buyerMessage(chat));
    const { messageIds } = await claimed(chat, 1);
    const parts = Array.from({ length: 12 }, (_, index) => `часть ${index + 1}`);
    const stored = await turns.storeReply({ ...answerTo(chat, { turn: 1, messageIds }), parts });
    if (stored.kind !== 'stored') throw new Error(stored.kind);
    const found = await sends.findReply(stored);
    expect(found?.sends.map(({ text }) => text)).toEqual(parts);
    expect(found?.reply).toMatchObject({
      ...chat,
      turn: 1,
      status: 'stored',
      sources: [{ title: 'Магазин' }],
    });
  });

  test('a reply without a text to send is refused', async () => {
    await expect(
      turns.storeReply({ ...answerTo(newChat(), { turn: 1, messageIds: [randomUUID()] }), parts: [] }),
    ).rejects.toMatchObject({ code: 'database.empty-reply' });
  });
});
