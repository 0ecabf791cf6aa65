import { describe, expect, test } from 'vitest';
import {
  answerTo,
  buyerMessage,
  newChat,
  operatorMessage,
  type TestChat,
  useTestDatabase,
} from '../testing/test-database.ts';
import { createTurnSteps } from '../testing/turn-steps.ts';

const { pool, repositories } = useTestDatabase();
const { chats, decisions, sends, turns } = repositories;
const { claimed } = createTurnSteps({ pool, repositories });

const at = (minute: number) => new Date(Date.UTC(2026, 10, 22, 12, minute));
const reasonsOf = async (chat: TestChat) => {
  const { total, messages } = await decisions.listUnanswered({ ...chat, limit: 10, offset: 0 });
  expect(total).toBe(messages.length);
  return messages.map((message) => message.decisionReason);
};

async function heldMessage(reason = 'too-old') {
  const chat = newChat();
  const message = buyerMessage(chat, { decision: 'hold', reason, createdAt: at(0) });
  await turns.takeInMessage(message);
  return { chat, message, key: { accountId: chat.accountId, messageId: message.messageId } };
}

async function storedAnswer(action: 'answer' | 'handoff' = 'answer') {
  const chat = newChat();
  const message = buyerMessage(chat, { createdAt: at(0) });
  await turns.takeInMessage(message);
  const { messageIds } = await claimed(chat, 1);
  const input = answerTo(chat, { turn: 1, messageIds });
  const stored = await turns.storeReply({
    ...input,
    reply: { ...input.reply, action, reason: 'not-in-base' },
  });
  if (stored.kind !== 'stored') throw new Error(`expected a reply, got ${stored.kind}`);
  const [send] = (await sends.findReply(stored))?.sends ?? [];
  return {
    chat,
    sendId: send?.sendId ?? '',
    key: { accountId: chat.accountId, messageId: message.messageId },
  };
}

describe('the list of what was not answered', () => {
  test('has what was held, with the reason, and the newest first', async () => {
    const { chat } = await heldMessage();
    await turns.takeInMessage(buyerMessage(chat, { decision: 'hold', reason: 'call', createdAt: at(1) }));
    expect(await reasonsOf(chat)).toEqual(['call', 'too-old']);
    const page = await decisions.listUnanswered({ ...chat, limit: 1, offset: 1 });
    expect(page).toMatchObject({ total: 2, messages: [{ decisionReason: 'too-old' }] });
  });

  test('has nothing that was answered, ignored or written by Avito', async () => {
    const { chat, sendId } = await storedAnswer();
    await sends.beginSend({ sendId, maxWaitMs: 30_000 });
    await sends.markSent({ sendId, attempt: 1, avitoMessageId: sendId });
    await turns.takeInMessage(buyerMessage(chat, { authorKind: 'avito', decision: 'hold', reason: 'call' }));
    await turns.takeInMessage(buyerMessage(chat, { decision: 'ignore', reason: 'nothing-written' }));
    expect(await reasonsOf(chat)).toEqual([]);
  });

  test('has what only called a person, until the person writes', async () => {
    const { chat, sendId } = await storedAnswer('handoff');
    await sends.beginSend({ sendId, maxWaitMs: 30_000 });
    await sends.markSent({ sendId, attempt: 1, avitoMessageId: sendId });
    await turns.takeInMessage(buyerMessage(chat, { createdAt: at(1) }));
    expect(await reasonsOf(chat)).toEqual(['human-has-the-chat', 'not-in-base']);
    await turns.takeInMessage(operatorMessage(chat, { createdAt: at(2) }));
    expect(await reasonsOf(chat)).toEqual([]);
    await turns.takeInMessage(buyerMessage(chat, { createdAt: at(3) }));
    expect(await reasonsOf(chat)).toEqual(['human-has-the-chat']);
  });

  test('has what came only after an operator had written, though it was written before', async () => {
    const { chat, message } = await heldMessage('human-has-the-chat');
    await turns.takeInMessage(operatorMessage(chat, { createdAt: at(2) }));
    expect(await reasonsOf(chat)).toEqual([]);
    await turns.takeInMessage({ ...message, messageId: 'late', createdAt: at(1) });
    expect(await reasonsOf(chat)).toEqual(['human-has-the-chat']);
  });

  test('has what could not be sent, or was withdrawn', async () => {
    const failed = await storedAnswer();
    await sends.beginSend({ sendId: failed.sendId, maxWaitMs: 30_000 });
    await sends.markFailed({
      sendId: failed.sendId,
      attempt: 1,
      error: { code: 'avito.forbidden', message: 'no' },
    });
    expect(await reasonsOf(failed.chat)).toEqual(['send-failed']);

    const withdrawn = await storedAnswer();
    await chats.pauseChat(withdrawn.chat);
    expect(await reasonsOf(withdrawn.chat)).toEqual(['send-withdrawn']);
  });

  test('keeps accounts apart', async () => {
    const { chat } = await heldMessage();
    expect(await reasonsOf({ ...chat, accountId: chat.accountId + 1 })).toEqual([]);
  });
});

describe('to answer after all', () => {
  test('opens a turn with the message; asked twice it is asked once', async () => {
    const { chat, message, key } = await heldMessage();
    const first = await decisions.answerAfterAll(key);
    expect(first).toEqual({ ...chat, outcome: 'asked', turn: 2 });
    expect(await decisions.answerAfterAll(key)).toEqual({ ...chat, outcome: 'in-hand' });
    expect(await claimed(chat, 2)).toMatchObject({
      messages: [{ messageId: message.messageId, decisionReason: 'asked-by-owner' }],
    });
    expect(await reasonsOf(chat)).toEqual([]);
  });

  test('takes a chat back from a person', async () => {
    const { chat, key } = await heldMessage();
    await chats.pauseChat(chat);
    await decisions.answerAfterAll(key);
    expect(await chats.findChat(chat)).toMatchObject({ mode: 'auto' });
  });

  test('is possible after a send that failed for good', async () => {
    const { chat, sendId, key } = await storedAnswer();
    await sends.beginSend({ sendId, maxWaitMs: 30_000 });
    await sends.markFailed({ sendId, attempt: 1, error: { code: 'avito.forbidden', message: 'no' } });
    expect(await decisions.answerAfterAll(key)).toMatchObject({ outcome: 'asked' });
    expect(await reasonsOf(chat)).toEqual([]);
  });

  test('is refused while an earlier answer may have arrived', async () => {
    const { chat, sendId, key } = await storedAnswer();
    await sends.beginSend({ sendId, maxWaitMs: 30_000 });
    await chats.pauseChat(chat);
    await expect(decisions.answerAfterAll(key)).rejects.toMatchObject({ code: 'message.outcome-open' });
  });

  test('changes nothing for a message that is being answered', async () => {
    const { chat, key } = await storedAnswer();
    expect(await decisions.answerAfterAll(key)).toEqual({ ...chat, outcome: 'in-hand' });
  });

  test("is refused for another account's message and for our own", async () => {
    const { chat, key } = await heldMessage();
    const own = operatorMessage(chat);
    await turns.takeInMessage(own);
    for (const wrong of [{ ...key, accountId: key.accountId + 1 }, own]) {
      await expect(decisions.answerAfterAll(wrong)).rejects.toMatchObject({ code: 'message.unknown' });
      await expect(decisions.dismissMessage(wrong)).rejects.toMatchObject({ code: 'message.unknown' });
    }
  });

  test('at the same moment by many, once', async () => {
    const { key } = await heldMessage();
    const outcomes = await Promise.all([1, 2, 3, 4].map(() => decisions.answerAfterAll(key)));
    expect(outcomes.filter(({ outcome }) => outcome === 'asked')).toHaveLength(1);
  });
});

describe('to dismiss', () => {
  test('takes the message off the list, for good', async () => {
    const { chat, message, key } = await heldMessage();
    await decisions.dismissMessage(key);
    await decisions.dismissMessage(key);
    expect(await reasonsOf(chat)).toEqual([]);
    await turns.takeInMessage(message);
    expect(await chats.listMessages(chat)).toMatchObject([
      { decision: 'ignore', decisionReason: 'dismissed-by-owner' },
    ]);
  });

  test('is refused while the message is being answered', async () => {
    const { key } = await storedAnswer();
    await expect(decisions.dismissMessage(key)).rejects.toMatchObject({ code: 'message.in-hand' });
  });
});
