import { describe, expect, test } from 'vitest';
import { createSendSteps, maxWaitMs, settleMs } from '../testing/send-steps.ts';
import { answerTo, buyerMessage, operatorMessage, useTestDatabase } from '../testing/test-database.ts';
import { createTurnSteps } from '../testing/turn-steps.ts';

const { pool, repositories } = useTestDatabase();
const { turns, sends } = repositories;
const { storedReply, statuses } = createSendSteps({ pool, repositories });
const { claimed } = createTurnSteps({ pool, repositories });
const error = { code: 'avito.timeout', message: 'POST: silent for 10 s' };

describe('a message that comes before anything is sent', () => {
  test('calls the reply back; the next turn answers everything, in order', async () => {
    const { chat, message, sendId, replyId } = await storedReply();
    const newer = buyerMessage(chat, { text: 'А торг?' });
    await turns.takeInMessage(newer);
    expect(await sends.beginSend({ sendId, maxWaitMs })).toEqual({
      kind: 'superseded',
      ring: { turn: 2, delayMs: 0 },
    });
    expect(await statuses(replyId)).toEqual({ reply: 'cancelled', sends: ['cancelled'] });
    const { messageIds } = await claimed(chat, 2);
    expect(messageIds).toEqual([message.messageId, newer.messageId]);
    expect(await turns.storeReply(answerTo(chat, { turn: 2, messageIds }))).toMatchObject({ kind: 'stored' });
  });

  test('is told again to a job that runs twice, for the bell may have been lost', async () => {
    const { chat, sendId, replyId } = await storedReply();
    await turns.takeInMessage(buyerMessage(chat));
    const first = await sends.beginSend({ sendId, maxWaitMs });
    expect(await sends.beginSend({ sendId, maxWaitMs })).toEqual(first);
    await claimed(chat, 2);
    expect(await sends.beginSend({ sendId, maxWaitMs })).toEqual({ kind: 'superseded', ring: undefined });
    expect(await sends.findReply({ replyId })).toMatchObject({ reply: { endReason: 'superseded' } });
  });

  test('and is being composed already: that composition is fenced out', async () => {
    const { chat, message, sendId } = await storedReply();
    const newer = buyerMessage(chat);
    await turns.takeInMessage(newer);
    const { messageIds } = await claimed(chat, 2);
    expect(await sends.beginSend({ sendId, maxWaitMs })).toEqual({
      kind: 'superseded',
      ring: { turn: 4, delayMs: 0 },
    });
    expect(await turns.storeReply(answerTo(chat, { turn: 2, messageIds }))).toEqual({ kind: 'superseded' });
    expect(new Set((await claimed(chat, 4)).messageIds)).toEqual(
      new Set([message.messageId, newer.messageId]),
    );
  });

  test('calls back also a text that Avito has refused so far', async () => {
    const { chat, sendId } = await storedReply();
    await sends.beginSend({ sendId, maxWaitMs });
    await sends.markNotSent({ sendId, attempt: 1, error });
    await turns.takeInMessage(buyerMessage(chat));
    expect(await sends.beginSend({ sendId, maxWaitMs })).toMatchObject({ kind: 'superseded' });
  });

  test('changes nothing for a buyer who has waited long enough', async () => {
    const { chat, sendId } = await storedReply();
    await turns.takeInMessage(buyerMessage(chat));
    expect(await sends.beginSend({ sendId, maxWaitMs: 0 })).toMatchObject({ kind: 'go' });
  });

  test('racing with twenty senders, either supersedes or comes after the intent', async () => {
    const { chat, sendId, replyId } = await storedReply();
    const [, ...begun] = await Promise.all([
      turns.takeInMessage(buyerMessage(chat)),
      ...Array.from({ length: 20 }, () => sends.beginSend({ sendId, maxWaitMs })),
    ]);
    const posts = begun.filter(({ kind }) => kind === 'go').length;
    const { reply } = await statuses(replyId);
    expect([posts, reply]).toEqual(reply === 'cancelled' ? [0, 'cancelled'] : [1, 'stored']);
  });
});

describe('once a part may have left', () => {
  test('the reply is finished as it is', async () => {
    const { chat, sendIds } = await storedReply({ parts: ['раз', 'два'] });
    const [first = '', second = ''] = sendIds;
    await sends.beginSend({ sendId: first, maxWaitMs });
    await turns.takeInMessage(buyerMessage(chat));
    await sends.markSent({ sendId: first, attempt: 1, avitoMessageId: 'm-1' });
    expect(await sends.beginSend({ sendId: second, maxWaitMs })).toMatchObject({ kind: 'go' });
  });

  test('also when nobody knows whether it did', async () => {
    const { chat, sendId, replyId } = await storedReply();
    await sends.beginSend({ sendId, maxWaitMs });
    await turns.takeInMessage(buyerMessage(chat));
    await sends.markUnknown({ sendId, attempt: 1, error, settleMs });
    expect(await sends.beginSend({ sendId, maxWaitMs })).toEqual({ kind: 'already', status: 'unknown' });
    expect(await statuses(replyId)).toMatchObject({ reply: 'stored' });
  });
});

test('a person who steps in afterwards finds everything held for him', async () => {
  const { chat, message, sendId } = await storedReply();
  await turns.takeInMessage(buyerMessage(chat));
  await sends.beginSend({ sendId, maxWaitMs });
  await turns.takeInMessage(operatorMessage(chat));
  const held = await repositories.chats.listHeldMessages(chat);
  expect(held).toHaveLength(2);
  expect(held.map(({ messageId }) => messageId)).toContain(message.messageId);
});
