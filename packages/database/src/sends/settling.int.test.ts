import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { createSendSteps, maxWaitMs, postBoundMs, settleMs } from '../testing/send-steps.ts';
import { operatorMessage, useTestDatabase } from '../testing/test-database.ts';

const { pool, repositories } = useTestDatabase();
const { chats, turns, sends, sweep } = repositories;
const { storedReply, statuses, passTime, look } = createSendSteps({ pool, repositories });
const error = { code: 'avito.timeout', message: 'POST: silent for 10 s' };
const text = 'Да, продаём.';

const inHistory = (changes: { messageId?: string; text?: string | null; createdAt?: Date } = {}) => ({
  messageId: randomUUID(),
  text,
  createdAt: new Date(Math.floor(Date.now() / 1_000) * 1_000),
  ...changes,
});

/** A part that was posted, with an outcome that nobody knows. */
async function unknownSend(given: Parameters<typeof storedReply>[0] = {}) {
  const stored = await storedReply(given);
  await sends.beginSend({ ...stored, maxWaitMs });
  await sends.markUnknown({ ...stored, attempt: 1, error, settleMs });
  return stored;
}

/** The same, sent again after two looks without a trace. */
async function repeatedSend() {
  const stored = await unknownSend();
  await look(stored.sendId, []);
  await look(stored.sendId, []);
  expect(await sends.beginSend({ ...stored, maxWaitMs })).toMatchObject({
    kind: 'go',
    send: { attempts: 2 },
  });
  return stored;
}

describe('an unknown outcome', () => {
  test('is looked for after the settle time and not before', async () => {
    const { sendId } = await unknownSend();
    expect(await sends.beginLook({ sendId, postBoundMs, settleMs })).toEqual({
      kind: 'wait',
      delayMs: expect.closeTo(settleMs, -4),
    });
    await passTime(sendId, settleMs);
    expect(await sends.beginLook({ sendId, postBoundMs, settleMs })).toMatchObject({ kind: 'look', look: 0 });
  });

  test('is settled by the history, whatever Avito did to the white space', async () => {
    const { chat, sendId, replyId } = await unknownSend();
    const message = inHistory({ text: ' Да,\u00a0продаём.\n' });
    expect(await look(sendId, [message])).toEqual({ kind: 'status', status: 'sent' });
    expect(await statuses(replyId)).toEqual({ reply: 'sent', sends: ['sent'] });
    expect(await sends.confirmByEcho({ ...chat, ...message })).toBe('ours');
    expect(await chats.findChat(chat)).toMatchObject({ mode: 'auto' });
  });

  test('that leaves no trace twice is sent again, by a new attempt', async () => {
    const { sendId } = await unknownSend();
    expect(await look(sendId, [])).toEqual({ kind: 'status', status: 'unknown' });
    expect(await sends.beginSend({ sendId, maxWaitMs })).toEqual({ kind: 'already', status: 'unknown' });
    expect(await look(sendId, [])).toEqual({ kind: 'status', status: 'queued' });
    expect(await sends.beginSend({ sendId, maxWaitMs })).toMatchObject({ kind: 'go', send: { attempts: 2 } });
  });

  test('is counted once when two workers look at the same time', async () => {
    const { sendId } = await unknownSend();
    await passTime(sendId, settleMs);
    const twice = await Promise.all(
      [0, 0].map((n) => sends.endLook({ sendId, look: n, messages: [], settleMs })),
    );
    expect(twice.map((ended) => ended.kind === 'status' && ended.status)).toEqual(['unknown', 'unknown']);
    expect(await look(sendId, [])).toEqual({ kind: 'status', status: 'queued' });
  });

  test('ends with a person after the third POST without a trace', async () => {
    const { chat, sendId, replyId } = await repeatedSend();
    await sends.markUnknown({ sendId, attempt: 2, error, settleMs });
    await look(sendId, []);
    await look(sendId, []);
    await sends.beginSend({ sendId, maxWaitMs });
    await sends.markUnknown({ sendId, attempt: 3, error, settleMs });
    await look(sendId, []);
    expect(await look(sendId, [])).toEqual({ kind: 'status', status: 'failed' });
    expect(await statuses(replyId)).toEqual({ reply: 'failed', sends: ['failed'] });
    expect(await chats.findChat(chat)).toMatchObject({ mode: 'human', modeReason: 'send.no-trace' });
  });

  test('refusals between are no repetitions', async () => {
    const { sendId } = await repeatedSend();
    for (const attempt of [2, 3, 4]) {
      await sends.markNotSent({ sendId, attempt, error });
      await sends.beginSend({ sendId, maxWaitMs });
    }
    await sends.markUnknown({ sendId, attempt: 5, error, settleMs });
    await look(sendId, []);
    expect(await look(sendId, [])).toEqual({ kind: 'status', status: 'queued' });
  });

  test('is not sent again once a person has the chat, but still found', async () => {
    const lost = await unknownSend();
    await chats.pauseChat(lost.chat);
    await look(lost.sendId, []);
    expect(await look(lost.sendId, [])).toEqual({ kind: 'status', status: 'cancelled' });
    const found = await unknownSend();
    await chats.pauseChat(found.chat);
    await look(found.sendId, [inHistory()]);
    expect(await statuses(found.replyId)).toEqual({ reply: 'sent', sends: ['sent'] });
  });

  test('of a process that died is one from the time on when its POST cannot begin any more', async () => {
    const { sendId } = await storedReply();
    await sends.beginSend({ sendId, maxWaitMs });
    expect(await sends.beginLook({ sendId, postBoundMs, settleMs })).toMatchObject({ kind: 'wait' });
    expect(await sends.beginSend({ sendId, maxWaitMs })).toEqual({ kind: 'already', status: 'sending' });
    await passTime(sendId, postBoundMs);
    expect(await sends.beginLook({ sendId, postBoundMs, settleMs })).toEqual({
      kind: 'wait',
      delayMs: settleMs,
    });
    expect(await sends.beginSend({ sendId, maxWaitMs })).toEqual({ kind: 'already', status: 'unknown' });
  });

  test('keeps the parts after it and the next reply of the chat waiting', async () => {
    const { chat, sendIds } = await unknownSend({ parts: ['раз', 'два'] });
    const next = await storedReply({ chat, turn: 2 });
    expect(await sends.beginSend({ sendId: sendIds[1] ?? '', maxWaitMs })).toEqual({
      kind: 'waiting',
      for: 'part',
    });
    expect(await sends.beginSend({ ...next, maxWaitMs })).toEqual({ kind: 'waiting', for: 'reply' });
  });

  test('whose bell is lost is found by the sweeper', async () => {
    const { chat, sendId, replyId } = await unknownSend();
    const overdue = () => sweep.overdueReplies({ accountIds: [chat.accountId], olderThanMs: 60_000 });
    expect(await overdue()).toEqual([]);
    await passTime(sendId, settleMs + 61_000);
    expect(await overdue()).toMatchObject([{ ...chat, replyId }]);
  });
});

describe('the history', () => {
  test('proves nothing by messages that are older, an operator’s, or another part’s', async () => {
    const { chat, sendId } = await unknownSend();
    const typed = operatorMessage(chat, { text, createdAt: new Date() });
    await turns.takeInMessage(typed);
    await chats.resumeChat(chat);
    const before = inHistory({ createdAt: new Date(Date.now() - 600_000) });
    expect(await look(sendId, [before, { ...typed, text }])).toEqual({ kind: 'status', status: 'unknown' });
  });

  test('that shows an operator nobody knew of leaves the chat to him', async () => {
    const { chat, sendId } = await unknownSend();
    const typed = inHistory({ text: 'Я отвечу сам' });
    expect(await look(sendId, [typed])).toEqual({ kind: 'foreign', messageIds: [typed.messageId] });
    await turns.takeInMessage(operatorMessage(chat, { messageId: typed.messageId }));
    expect(await look(sendId, [typed])).toEqual({ kind: 'status', status: 'unknown' });
    expect(await look(sendId, [typed])).toEqual({ kind: 'status', status: 'cancelled' });
  });

  test('that shows an operator of the very second of the POST leaves the chat to him: Avito cuts times off', async () => {
    const { sendId } = await unknownSend();
    await passTime(sendId, settleMs);
    const begun = await sends.beginLook({ sendId, postBoundMs, settleMs });
    if (begun.kind !== 'look') throw new Error(begun.kind);
    const operator = {
      messageId: randomUUID(),
      text: 'Я отвечу сам',
      createdAt: new Date(begun.since.getTime() - 990),
    };
    expect(await sends.endLook({ sendId, look: begun.look, messages: [operator], settleMs })).toEqual({
      kind: 'foreign',
      messageIds: [operator.messageId],
    });
  });

  test('that cannot be read is looked into later, and after an hour a person is called', async () => {
    const { chat, sendId } = await unknownSend();
    await passTime(sendId, settleMs);
    const postponed = { sendId, look: 0, error, atLeastMs: 90_000 };
    expect(await sends.postponeLook(postponed)).toBe('unknown');
    expect(await sends.beginLook({ sendId, postBoundMs, settleMs })).toEqual({
      kind: 'wait',
      delayMs: expect.closeTo(90_000, -4),
    });
    expect(await look(sendId, []).catch(() => 'too early')).toBe('too early');
    await passTime(sendId, 3_600_000);
    expect(await sends.postponeLook(postponed)).toBe('failed');
    expect(await chats.findChat(chat)).toMatchObject({
      mode: 'human',
      modeReason: 'send.history-unreadable',
    });
  });
});

describe('a repetition', () => {
  test('that turns out double leaves one copy to be deleted, and the row says so', async () => {
    const { chat, sendId, replyId } = await repeatedSend();
    const [late, answered] = [randomUUID(), randomUUID()];
    await sends.markSent({ sendId, attempt: 2, avitoMessageId: answered });
    expect(await sends.confirmByEcho({ ...chat, messageId: late, text, createdAt: new Date() })).toBe('ours');
    const [copy, ...others] = await sends.pendingCopies({ replyId });
    expect([copy?.messageId, others]).toEqual([late, []]);
    expect(await sweep.overdueReplies({ accountIds: [chat.accountId], olderThanMs: 60_000 })).toHaveLength(1);
    if (copy) await sends.markCopyDeleted(copy);
    expect(await sends.pendingCopies({ replyId })).toEqual([]);
    expect(await sends.findReply({ replyId })).toMatchObject({
      sends: [{ status: 'sent', avitoMessageId: answered, errorCode: 'send.double-deleted' }],
    });
    expect(await sends.confirmByEcho({ ...chat, messageId: late, text: null })).toBe('ours');
  });

  test('whose first copy the answer to a sleeper’s POST reveals is double too', async () => {
    const { sendId, replyId } = await repeatedSend();
    await sends.markSent({ sendId, attempt: 2, avitoMessageId: 'second' });
    await sends.markSent({ sendId, attempt: 1, avitoMessageId: 'first' });
    const [copy] = await sends.pendingCopies({ replyId });
    expect(copy?.messageId).toBe('first');
    if (copy)
      await sends.markCopyKept({ ...copy, error: { code: 'avito.too-late', message: 'over an hour' } });
    expect(await sends.findReply({ replyId })).toMatchObject({ sends: [{ errorCode: 'send.double-kept' }] });
  });

  test('is looked for once more, in case its first copy came late and without an echo', async () => {
    const { sendId, replyId } = await repeatedSend();
    await sends.markSent({ sendId, attempt: 2, avitoMessageId: 'second' });
    await passTime(sendId, 60_000);
    expect(
      await look(sendId, [inHistory({ messageId: 'first' }), inHistory({ messageId: 'second' })]),
    ).toEqual({
      kind: 'status',
      status: 'sent',
    });
    expect(await sends.pendingCopies({ replyId })).toMatchObject([{ messageId: 'first' }]);
    expect(await sends.beginLook({ sendId, postBoundMs, settleMs })).toEqual({
      kind: 'over',
      status: 'sent',
    });
  });

  test('is looked for again when a sleeper posted after that and does not know how it ended', async () => {
    const { sendId, replyId } = await repeatedSend();
    await sends.markSent({ sendId, attempt: 2, avitoMessageId: 'second' });
    await passTime(sendId, 60_000);
    await look(sendId, [inHistory({ messageId: 'second' })]);
    expect(await sends.beginLook({ sendId, postBoundMs, settleMs })).toMatchObject({ kind: 'over' });
    expect(await sends.markUnknown({ sendId, attempt: 1, error, settleMs })).toBe('sent');
    await passTime(sendId, 60_000);
    await look(sendId, [inHistory({ messageId: 'first' }), inHistory({ messageId: 'second' })]);
    expect(await sends.pendingCopies({ replyId })).toMatchObject([{ messageId: 'first' }]);
  });

  test('is called off by the echo of the first copy', async () => {
    const { chat, sendId } = await unknownSend();
    await look(sendId, []);
    await look(sendId, []);
    await sends.confirmByEcho({ ...chat, messageId: randomUUID(), text });
    expect(await sends.beginSend({ sendId, maxWaitMs })).toEqual({ kind: 'already', status: 'sent' });
  });

  test('is not undone by a sleeper who reports that his own attempt was too late', async () => {
    const { sendId } = await repeatedSend();
    expect(await sends.markNotSent({ sendId, attempt: 1, error })).toBe('sending');
    expect(await sends.markUnknown({ sendId, attempt: 1, error, settleMs })).toBe('sending');
    expect(await sends.markFailed({ sendId, attempt: 1, error })).toBe('sending');
  });

  test('makes the same words of a person, written long after, no copy', async () => {
    const { chat, sendId, replyId } = await repeatedSend();
    await sends.markSent({ sendId, attempt: 2, avitoMessageId: 'answered' });
    await passTime(sendId, 3_600_000);
    const typed = { ...chat, messageId: randomUUID(), text, createdAt: new Date() };
    expect(await sends.confirmByEcho(typed)).toBe('operator');
    expect(await sends.pendingCopies({ replyId })).toEqual([]);
  });
});
