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
const { chats, decisions, sends, turns } = repositories;
const { claimed } = createTurnSteps({ pool, repositories });
const splitIntoParts = (text: string) => (text.trim() === '' ? [] : text.split('|'));

async function chatWithDraft({ action = 'answer' }: { action?: 'answer' | 'handoff' } = {}) {
  const chat = newChat();
  const message = buyerMessage(chat);
  await turns.takeInMessage(message);
  const { messageIds } = await claimed(chat, 1);
  const input = answerTo(chat, { turn: 1, messageIds });
  const stored = await turns.storeReply({ ...input, reply: { ...input.reply, action }, isDraft: true });
  if (stored.kind !== 'stored') throw new Error(`expected a draft, got ${stored.kind}`);
  const key = { accountId: chat.accountId, replyId: stored.replyId };
  const list = () => decisions.listDrafts({ accountId: chat.accountId, limit: 10, offset: 0 });
  return { chat, message, key, list };
}

describe('a draft', () => {
  test('is listed and has nothing to send', async () => {
    const { key, list } = await chatWithDraft();
    expect(await list()).toMatchObject([{ replyId: key.replyId, status: 'draft', text: 'Да, продаём.' }]);
    expect(await sends.findReply(key)).toMatchObject({ sends: [] });
  });

  test('is let go with its own text, once', async () => {
    const { key, list } = await chatWithDraft();
    await decisions.releaseDraft({ ...key, splitIntoParts });
    await decisions.releaseDraft({ ...key, text: 'Другой текст', splitIntoParts });
    expect(await sends.findReply(key)).toMatchObject({
      reply: { status: 'stored', text: 'Да, продаём.', trace: { step: 1 } },
      sends: [{ part: 1, text: 'Да, продаём.', status: 'queued' }],
    });
    expect(await list()).toEqual([]);
  });

  test("is let go with the owner's text, and what the engine wrote is kept", async () => {
    const { key } = await chatWithDraft();
    await decisions.releaseDraft({ ...key, text: 'Да|есть', splitIntoParts });
    expect(await sends.findReply(key)).toMatchObject({
      reply: { text: 'Да|есть', trace: { step: 1, draftText: 'Да, продаём.' } },
      sends: [{ text: 'Да' }, { text: 'есть' }],
    });
  });

  test('cannot be emptied', async () => {
    const { key, list } = await chatWithDraft();
    await expect(decisions.releaseDraft({ ...key, text: ' ', splitIntoParts })).rejects.toMatchObject({
      code: 'reply.empty',
    });
    expect(await list()).toHaveLength(1);
  });

  test('that calls a person hands the chat over when it is let go, not before', async () => {
    const { chat, key } = await chatWithDraft({ action: 'handoff' });
    expect(await chats.findChat(chat)).toMatchObject({ mode: 'auto' });
    await decisions.releaseDraft({ ...key, splitIntoParts });
    expect(await chats.findChat(chat)).toMatchObject({ mode: 'human' });
    const { sends: parts } = (await sends.findReply(key)) ?? { sends: [] };
    expect(await sends.beginSend({ sendId: parts[0]?.sendId ?? '', maxWaitMs: 30_000 })).toMatchObject({
      kind: 'go',
    });
  });

  test('is superseded by a newer message, and the next turn has both', async () => {
    const { chat, message, key, list } = await chatWithDraft();
    const newer = buyerMessage(chat, { createdAt: new Date('2026-11-22T12:01:00Z') });
    const { turn } = await turns.takeInMessage(newer);
    expect(await list()).toEqual([]);
    expect((await claimed(chat, turn)).messageIds).toEqual([message.messageId, newer.messageId]);
    await expect(decisions.releaseDraft({ ...key, splitIntoParts })).rejects.toMatchObject({
      code: 'reply.gone',
    });
  });

  test('stays when a newer message is not to be answered', async () => {
    const { chat, list } = await chatWithDraft();
    await turns.takeInMessage(buyerMessage(chat, { decision: 'hold', reason: 'call' }));
    expect(await list()).toHaveLength(1);
  });

  test('is gone when an operator answers himself', async () => {
    const { chat, key, list } = await chatWithDraft();
    await turns.takeInMessage(operatorMessage(chat));
    expect(await list()).toEqual([]);
    await expect(decisions.releaseDraft({ ...key, splitIntoParts })).rejects.toMatchObject({
      code: 'reply.gone',
    });
  });

  test('that is discarded leaves its question with the owner; twice is once', async () => {
    const { chat, message, key, list } = await chatWithDraft();
    await decisions.discardDraft(key);
    await decisions.discardDraft(key);
    expect(await list()).toEqual([]);
    const { messages } = await decisions.listUnanswered({ ...chat, limit: 10, offset: 0 });
    expect(messages).toMatchObject([{ messageId: message.messageId, decisionReason: 'draft-discarded' }]);
  });

  test('that was let go cannot be discarded', async () => {
    const { key } = await chatWithDraft();
    await decisions.releaseDraft({ ...key, splitIntoParts });
    await expect(decisions.discardDraft(key)).rejects.toMatchObject({ code: 'reply.released' });
  });

  test("is another account's secret", async () => {
    const { key } = await chatWithDraft();
    const foreign = { accountId: key.accountId + 1, replyId: key.replyId };
    await expect(decisions.releaseDraft({ ...foreign, splitIntoParts })).rejects.toMatchObject({
      code: 'reply.unknown',
    });
    for (const replyId of [randomUUID(), 'no id']) {
      await expect(decisions.discardDraft({ ...key, replyId })).rejects.toMatchObject({
        code: 'reply.unknown',
      });
    }
  });
});

test('a draft that is let go while a later reply is on its way waits for that', async () => {
  const { chat, key } = await chatWithDraft();
  const old = buyerMessage(chat, { decision: 'hold', reason: 'too-old' });
  await turns.takeInMessage(old);
  const asked = await decisions.answerAfterAll({ accountId: chat.accountId, messageId: old.messageId });
  const turn = asked.outcome === 'asked' ? asked.turn : 0;
  const { messageIds } = await claimed(chat, turn);
  const later = await turns.storeReply(answerTo(chat, { turn, messageIds }));
  const sendIdOf = async (replyId: string) => (await sends.findReply({ replyId }))?.sends[0]?.sendId ?? '';
  const laterId = await sendIdOf(later.kind === 'stored' ? later.replyId : '');
  expect(await sends.beginSend({ sendId: laterId, maxWaitMs: 30_000 })).toMatchObject({ kind: 'go' });

  await decisions.releaseDraft({ ...key, splitIntoParts });
  const sendId = await sendIdOf(key.replyId);
  expect(await sends.beginSend({ sendId, maxWaitMs: 30_000 })).toEqual({ kind: 'waiting', for: 'reply' });
  await sends.markSent({ sendId: laterId, attempt: 1, avitoMessageId: randomUUID() });
  expect(await sends.beginSend({ sendId, maxWaitMs: 30_000 })).toMatchObject({ kind: 'go' });
});

test('of many who let a draft go at once, one does', async () => {
  const { key } = await chatWithDraft();
  await Promise.all([1, 2, 3, 4].map(() => decisions.releaseDraft({ ...key, splitIntoParts })));
  expect((await sends.findReply(key))?.sends).toHaveLength(1);
});
