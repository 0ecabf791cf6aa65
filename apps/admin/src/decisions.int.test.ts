import { describe, expect, test } from 'vitest';
import { setUp } from './testing/fixture.ts';
import { storeDraft, storeMessage } from './testing/stored-chats.ts';

type Answer = { status: number; body: Record<string, unknown> };

const codeOf = ({ status, body }: Answer) => [status, (body['error'] as { code: string } | undefined)?.code];

describe('drafts', () => {
  async function withDraft(chatId = 'c1') {
    const context = await setUp();
    const replyId = await storeDraft(context.repositories, { ...context, chatId });
    const post = (action: string, body: unknown = {}) =>
      context.call(`/api/v1/replies/${replyId}/${action}`, { method: 'POST', body });
    const list = async () => (await context.call('/api/v1/replies/drafts')).body['drafts'];
    return { ...context, replyId, post, list };
  }

  test('are listed with what they answer', async () => {
    const { list, replyId } = await withDraft();
    expect(await list()).toMatchObject([
      { reply_id: replyId, chat_id: 'c1', question: 'Ещё продаёте?', text: 'Да, продаём.', status: 'draft' },
    ]);
  });

  test('leave with the text of the owner, and the send machine is rung', async () => {
    const { post, list, repositories, queues, replyId } = await withDraft();
    const before = (await queues.counts()).sends.waiting;
    expect(await post('send', { text: 'Да, приезжайте' })).toMatchObject({
      status: 200,
      body: { status: 'stored', text: 'Да, приезжайте' },
    });
    expect(await list()).toEqual([]);
    expect(await repositories.sends.findReply({ replyId })).toMatchObject({
      sends: [{ text: 'Да, приезжайте', status: 'queued' }],
    });
    expect((await queues.counts()).sends.waiting).toBe(before + 1);
    expect(await post('send', { text: 'Ещё раз' })).toMatchObject({ body: { text: 'Да, приезжайте' } });
    expect(codeOf(await post('discard'))).toEqual([409, 'reply.released']);
  });

  test('are discarded, and their question is on the list', async () => {
    const { post, call, list } = await withDraft();
    expect(await post('discard')).toMatchObject({ status: 200, body: { status: 'cancelled' } });
    expect(await post('discard')).toMatchObject({ status: 200 });
    expect(await list()).toEqual([]);
    expect(codeOf(await post('send'))).toEqual([409, 'reply.gone']);
    expect(await call('/api/v1/messages/unanswered')).toMatchObject({
      body: { total: 1, messages: [{ reason: 'draft-discarded' }] },
    });
  });

  test('of another account, and ids that are none, are unknown', async () => {
    const { call, repositories, accountId } = await setUp();
    const foreign = await storeDraft(repositories, { accountId: accountId + 1, chatId: 'c1' });
    const send = (id: string) => call(`/api/v1/replies/${id}/send`, { method: 'POST', body: {} });
    expect(codeOf(await send(foreign))).toEqual([404, 'reply.unknown']);
    expect(codeOf(await send('drafts'))).toEqual([400, 'request.invalid']);
  });
});

describe('what was not answered', () => {
  async function withHeld() {
    const context = await setUp();
    const messageId = `held-${context.accountId}`;
    await storeMessage(context.repositories, { ...context, chatId: 'c1', messageId });
    const post = (action: string) =>
      context.call(`/api/v1/messages/${messageId}/${action}`, { method: 'POST', body: {} });
    const list = async (query = '') => (await context.call(`/api/v1/messages/unanswered${query}`)).body;
    return { ...context, messageId, post, list };
  }

  test('is listed in pages, each with its reason in words', async () => {
    const { list, repositories, accountId, messageId } = await withHeld();
    await storeMessage(repositories, { accountId, chatId: 'c2', messageId: `second-${accountId}` });
    expect(await list('?limit=1&offset=1')).toMatchObject({
      total: 2,
      messages: [
        {
          message_id: messageId,
          reason: 'too-old',
          reason_text: 'Сообщение слишком старое для автоматического ответа',
        },
      ],
    });
    expect(await list('?chat_id=c2')).toMatchObject({ total: 1 });
  });

  test('is answered after all: a turn is rung for, once', async () => {
    const { post, list, queues } = await withHeld();
    const before = (await queues.counts()).replies.waiting;
    expect(await post('answer')).toMatchObject({ status: 200, body: { outcome: 'asked', chat_id: 'c1' } });
    expect(await post('answer')).toMatchObject({ status: 200, body: { outcome: 'in-hand' } });
    expect((await queues.counts()).replies.waiting).toBe(before + 1);
    expect(await list()).toMatchObject({ total: 0 });
    expect(codeOf(await post('dismiss'))).toEqual([409, 'message.in-hand']);
  });

  test('is dismissed', async () => {
    const { post, list } = await withHeld();
    expect(await post('dismiss')).toMatchObject({
      status: 200,
      body: { decision: 'ignore', reason: 'dismissed-by-owner' },
    });
    expect(await list()).toMatchObject({ total: 0 });
  });

  test('a message that never came is unknown', async () => {
    const { call } = await setUp();
    for (const action of ['answer', 'dismiss']) {
      const answer = await call(`/api/v1/messages/nobody/${action}`, { method: 'POST' });
      expect(codeOf(answer)).toEqual([404, 'message.unknown']);
    }
  });
});

test('a chat gets a mode of its own, and loses it', async () => {
  const { call, repositories, accountId } = await setUp();
  await storeMessage(repositories, { accountId, chatId: 'c1', messageId: `m-${accountId}` });
  const set = (body: unknown, chat = 'c1') =>
    call(`/api/v1/chats/${chat}/reply-mode`, { method: 'POST', body });
  expect(await set({ reply_mode: 'off' })).toMatchObject({ body: { reply_mode: 'off', mode: 'auto' } });
  expect(await set({ reply_mode: null })).toMatchObject({ body: { reply_mode: null } });
  expect(codeOf(await set({ reply_mode: 'human' }))).toEqual([400, 'request.invalid']);
  expect(codeOf(await set({ reply_mode: 'auto' }, 'c9'))).toEqual([404, 'chat.unknown']);
});
