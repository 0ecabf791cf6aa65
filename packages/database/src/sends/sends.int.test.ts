import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { createSendSteps, maxWaitMs, settleMs } from '../testing/send-steps.ts';
import { buyerMessage, newChat, operatorMessage, useTestDatabase } from '../testing/test-database.ts';

const { pool, repositories } = useTestDatabase();
const { chats, turns, sends } = repositories;
const { storedReply, statuses } = createSendSteps({ pool, repositories });
const error = { code: 'avito.timeout', message: 'POST: silent for 10 s' };

describe('beginning a send', () => {
  test('of twenty callers exactly one may post', async () => {
    const { sendId } = await storedReply();
    const results = await Promise.all(
      Array.from({ length: 20 }, () => sends.beginSend({ sendId, maxWaitMs })),
    );
    expect(results.filter(({ kind }) => kind === 'go')).toHaveLength(1);
    expect(results.filter(({ kind }) => kind === 'already')).toHaveLength(19);
  });

  test('a crash after the intent leaves it as it is: nobody posts again blindly', async () => {
    const { sendId } = await storedReply();
    expect(await sends.beginSend({ sendId, maxWaitMs })).toMatchObject({ kind: 'go', send: { attempts: 1 } });
    expect(await sends.beginSend({ sendId, maxWaitMs })).toEqual({ kind: 'already', status: 'sending' });
  });

  test('what was certainly not sent may be tried again', async () => {
    const { sendId } = await storedReply();
    await sends.beginSend({ sendId, maxWaitMs });
    expect(await sends.markNotSent({ sendId, attempt: 1, error })).toBe('queued');
    expect(await sends.beginSend({ sendId, maxWaitMs })).toMatchObject({
      kind: 'go',
      send: { attempts: 2, errorCode: null },
    });
  });

  test('a part waits until the one before it has arrived', async () => {
    const { sendIds } = await storedReply({ parts: ['раз', 'два'] });
    const [first = '', second = ''] = sendIds;
    expect(await sends.beginSend({ sendId: second, maxWaitMs })).toEqual({ kind: 'waiting', for: 'part' });
    await sends.beginSend({ sendId: first, maxWaitMs });
    await sends.markUnknown({ sendId: first, attempt: 1, error, settleMs });
    expect(await sends.beginSend({ sendId: second, maxWaitMs })).toEqual({
      kind: 'waiting',
      for: 'part',
    });
    await sends.markSent({ sendId: first, attempt: 1, avitoMessageId: randomUUID() });
    expect(await sends.beginSend({ sendId: second, maxWaitMs })).toMatchObject({
      kind: 'go',
      send: { text: 'два' },
    });
  });

  test('a send that does not exist is an error with a code', async () => {
    await expect(sends.beginSend({ sendId: randomUUID(), maxWaitMs })).rejects.toMatchObject({
      code: 'database.unknown-send',
    });
  });
});

describe('a person who steps in', () => {
  test('stops what is queued', async () => {
    const { chat, sendId, replyId } = await storedReply();
    await turns.takeInMessage(operatorMessage(chat));
    expect(await sends.beginSend({ sendId, maxWaitMs })).toEqual({ kind: 'taken-over' });
    expect(await statuses(replyId)).toEqual({ reply: 'cancelled', sends: ['cancelled'] });
  });

  test('keeps a text that was being sent, and failed to leave, from trying again', async () => {
    const { chat, sendId, replyId } = await storedReply();
    await sends.beginSend({ sendId, maxWaitMs });
    await chats.handOff({ ...chat, reason: 'operator-wrote' });
    await chats.resumeChat(chat);
    expect(await sends.markNotSent({ sendId, attempt: 1, error })).toBe('cancelled');
    expect(await statuses(replyId)).toEqual({ reply: 'cancelled', sends: ['cancelled'] });
  });

  test('and gave the chat back is not called again when the text turns out not to have left', async () => {
    const { chat, sendId, replyId } = await storedReply();
    await sends.beginSend({ sendId, maxWaitMs });
    await chats.handOff({ ...chat, reason: 'operator-wrote' });
    await chats.resumeChat(chat);
    expect(await sends.markFailed({ sendId, attempt: 1, error })).toBe('failed');
    expect(await statuses(replyId)).toEqual({ reply: 'failed', sends: ['failed'] });
    expect(await chats.findChat(chat)).toMatchObject({ mode: 'auto' });
  });

  test('cannot call back a text that has left: the reply ends as sent', async () => {
    const { chat, sendId, replyId } = await storedReply();
    await sends.beginSend({ sendId, maxWaitMs });
    await chats.pauseChat(chat);
    await sends.markSent({ sendId, attempt: 1, avitoMessageId: randomUUID() });
    expect(await statuses(replyId)).toEqual({ reply: 'sent', sends: ['sent'] });
  });

  test('racing with twenty senders, either stops the text or comes after the intent', async () => {
    const { chat, sendId } = await storedReply();
    const [, ...results] = await Promise.all([
      turns.takeInMessage(operatorMessage(chat)),
      ...Array.from({ length: 20 }, () => sends.beginSend({ sendId, maxWaitMs })),
    ]);
    expect(results.filter(({ kind }) => kind === 'go').length).toBeLessThanOrEqual(1);
    expect(await chats.findChat(chat)).toMatchObject({ mode: 'human', modeReason: 'operator-wrote' });
    expect(['already', 'taken-over']).toContain((await sends.beginSend({ sendId, maxWaitMs })).kind);
  });

  test('a redelivered message of his does not take the chat again after it was given back', async () => {
    const chat = newChat();
    const message = operatorMessage(chat);
    await turns.takeInMessage(message);
    await chats.resumeChat(chat);
    await turns.takeInMessage(message);
    expect(await chats.findChat(chat)).toMatchObject({ mode: 'auto', modeReason: null });
  });

  test('an unknown chat can be neither paused nor resumed', async () => {
    expect(await chats.pauseChat(newChat())).toBeUndefined();
    expect(await chats.resumeChat(newChat())).toBeUndefined();
  });
});

describe('the outcome of a send', () => {
  test('sent: the message is in the history of the next turn, echo or not', async () => {
    const { chat, sendId, replyId } = await storedReply();
    await sends.beginSend({ sendId, maxWaitMs });
    const avitoMessageId = randomUUID();
    await sends.markSent({ sendId, attempt: 1, avitoMessageId, createdAt: new Date('2026-11-22T12:00:05Z') });
    await sends.markSent({ sendId, attempt: 1, avitoMessageId });
    expect(await statuses(replyId)).toEqual({ reply: 'sent', sends: ['sent'] });
    await turns.takeInMessage(buyerMessage(chat));
    const claim = await turns.claimTurn({ ...chat, turn: 2 });
    expect(
      claim.kind === 'claimed' && claim.history.map(({ authorKind, text }) => [authorKind, text]),
    ).toEqual([
      ['buyer', 'Ещё продаёте?'],
      ['us', 'Да, продаём.'],
    ]);
  });

  test('failed: the later parts are cancelled and the reply ends as failed', async () => {
    const { sendIds, replyId } = await storedReply({ parts: ['раз', 'два', 'три'] });
    const [first = '', second = ''] = sendIds;
    await sends.beginSend({ sendId: first, maxWaitMs });
    await sends.markSent({ sendId: first, attempt: 1, avitoMessageId: randomUUID() });
    await sends.beginSend({ sendId: second, maxWaitMs });
    expect(await sends.markFailed({ sendId: second, attempt: 1, error })).toBe('failed');
    expect(await statuses(replyId)).toEqual({ reply: 'failed', sends: ['sent', 'failed', 'cancelled'] });
  });

  test('a late "unknown" or "not sent" does not overrule the proof that it was sent', async () => {
    const { chat, sendId } = await storedReply();
    await sends.beginSend({ sendId, maxWaitMs });
    await sends.confirmByEcho({ ...chat, messageId: randomUUID(), text: 'Да, продаём.' });
    expect(await sends.markUnknown({ sendId, attempt: 1, error, settleMs })).toBe('sent');
    expect(await sends.markNotSent({ sendId, attempt: 1, error })).toBe('sent');
    expect(await sends.markFailed({ sendId, attempt: 1, error })).toBe('sent');
  });
});

describe('an echo', () => {
  test('that comes before the response confirms the send, and the response changes nothing', async () => {
    const { chat, sendId, replyId } = await storedReply();
    await sends.beginSend({ sendId, maxWaitMs });
    const messageId = randomUUID();
    expect(await sends.confirmByEcho({ ...chat, messageId, text: ' Да,\u00a0продаём.\n' })).toBe('ours');
    expect(await statuses(replyId)).toEqual({ reply: 'sent', sends: ['sent'] });
    await sends.markSent({ sendId, attempt: 1, avitoMessageId: messageId });
    expect(await sends.confirmByEcho({ ...chat, messageId, text: 'Да, продаём.' })).toBe('ours');
    const message = operatorMessage(chat, { messageId, authorKind: 'us' });
    expect(await turns.takeInMessage(message)).toMatchObject({ inserted: false });
    expect(await chats.findChat(chat)).toMatchObject({ mode: 'auto' });
  });

  test('settles a send whose outcome was unknown', async () => {
    const { chat, sendId, replyId } = await storedReply();
    await sends.beginSend({ sendId, maxWaitMs });
    await sends.markUnknown({ sendId, attempt: 1, error, settleMs });
    expect(await sends.confirmByEcho({ ...chat, messageId: randomUUID(), text: 'Да, продаём.' })).toBe(
      'ours',
    );
    expect(await statuses(replyId)).toEqual({ reply: 'sent', sends: ['sent'] });
  });

  test('with another text, or while nothing was posted, is an operator', async () => {
    const { chat, sendId } = await storedReply();
    const echo = { ...chat, messageId: randomUUID(), text: 'Да, продаём.' };
    expect(await sends.confirmByEcho(echo)).toBe('operator');
    await sends.beginSend({ sendId, maxWaitMs });
    expect(await sends.confirmByEcho({ ...echo, text: 'Нет' })).toBe('operator');
    expect(await sends.confirmByEcho({ ...echo, text: null })).toBe('operator');
    expect(await sends.confirmByEcho({ ...newChat(), messageId: randomUUID(), text: 'Да' })).toBe('operator');
  });

  test('of an operator, redelivered while the same text of ours is in flight, stays an operator', async () => {
    const { chat, sendId } = await storedReply();
    const typed = operatorMessage(chat, { text: 'Да, продаём.' });
    await sends.beginSend({ sendId, maxWaitMs });
    await turns.takeInMessage(typed);
    expect(await sends.confirmByEcho({ ...chat, messageId: typed.messageId, text: typed.text })).toBe(
      'operator',
    );
  });

  test('matched to the wrong one of two equal texts is put right by the response', async () => {
    const { chat, sendIds, replyId } = await storedReply({ parts: ['Да.', 'Да.'] });
    const [first = '', second = ''] = sendIds;
    const [one, other] = [randomUUID(), randomUUID()];
    await sends.beginSend({ sendId: first, maxWaitMs });
    await sends.confirmByEcho({ ...chat, messageId: one, text: 'Да.' });
    await sends.beginSend({ sendId: second, maxWaitMs });
    await sends.markSent({ sendId: second, attempt: 1, avitoMessageId: one });
    expect(await statuses(replyId)).toEqual({ reply: 'stored', sends: ['unknown', 'sent'] });
    await sends.markSent({ sendId: first, attempt: 1, avitoMessageId: other });
    expect(await statuses(replyId)).toEqual({ reply: 'sent', sends: ['sent', 'sent'] });
    expect(await sends.pendingCopies({ replyId })).toEqual([]);
  });

  test('swapped between two equal texts is put right without opening either', async () => {
    const { chat, sendIds, replyId } = await storedReply({ parts: ['Да.', 'Да.'] });
    const [first = '', second = ''] = sendIds;
    const [one, other] = [randomUUID(), randomUUID()];
    await sends.beginSend({ sendId: first, maxWaitMs });
    await sends.confirmByEcho({ ...chat, messageId: other, text: 'Да.' });
    await sends.beginSend({ sendId: second, maxWaitMs });
    await sends.confirmByEcho({ ...chat, messageId: one, text: 'Да.' });
    await sends.markSent({ sendId: second, attempt: 1, avitoMessageId: other });
    const found = await sends.findReply({ replyId });
    expect(found?.sends.map(({ avitoMessageId }) => avitoMessageId)).toEqual([one, other]);
  });

  test('of each of twenty parallel deliveries is ours', async () => {
    const { chat, sendId } = await storedReply();
    await sends.beginSend({ sendId, maxWaitMs });
    const echo = { ...chat, messageId: randomUUID(), text: 'Да, продаём.' };
    const [, ...results] = await Promise.all([
      sends.markSent({ sendId, attempt: 1, avitoMessageId: echo.messageId }),
      ...Array.from({ length: 20 }, () => sends.confirmByEcho(echo)),
    ]);
    expect(new Set(results)).toEqual(new Set(['ours']));
  });
});
