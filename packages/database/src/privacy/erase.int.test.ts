import { randomInt, randomUUID } from 'node:crypto';
import { AppError, silentLogger, sleep, systemClock } from '@avito-autoreply/runtime';
import { describe, expect, test } from 'vitest';
import { answerTo, buyerMessage, newChat, type TestChat, useTestDatabase } from '../testing/test-database.ts';
import { createErase, type JobEraser } from './erase.ts';

const { pool, repositories } = useTestDatabase();
const { alerts, chats, erasures, events, sends, turns } = repositories;

const noJobs: JobEraser = {
  ping: async () => undefined,
  removeJobs: async () => ({ removed: {}, atWork: 0 }),
};
const erase = createErase({ erasures, queues: noJobs, clock: systemClock, sleep, logger: silentLogger });

const anHourAgo = () => new Date(Date.now() - 3_600_000);
const later = () => new Date(Date.now() + 2_000);

/** A chat with a question, an answer that was sent, and all that mentions it. */
async function tell(chat: TestChat, { authorId = randomInt(1e9, 9e9) } = {}) {
  const message = buyerMessage(chat, { authorId, createdAt: anHourAgo() });
  await turns.takeInMessage(message);
  await chats.describeChat({ ...chat, buyerName: `Имя-${message.messageId}` });
  await turns.claimTurn({ ...chat, turn: 1 });
  const stored = await turns.storeReply(answerTo(chat, { turn: 1, messageIds: [message.messageId] }));
  if (stored.kind !== 'stored') throw new Error(stored.kind);
  const sendId = (await sends.findReply(stored))?.sends[0]?.sendId ?? '';
  await sends.beginSend({ sendId, maxWaitMs: 0 });
  const avitoMessageId = randomUUID();
  const { accountId, chatId } = chat;
  const event = {
    eventKey: `e-${randomUUID()}`,
    accountId,
    reason: 'odd',
    body: { payload: { value: { chat_id: chatId } } },
  };
  await events.keepUnrecognized(event);
  await alerts.raise({ accountId, kind: 'odd', subject: chatId, message: `Чат ${chatId}: …`, details: {} });
  return {
    message,
    authorId,
    sendId,
    avitoMessageId,
    event,
    sent: () => sends.markSent({ sendId, attempt: 1, avitoMessageId }),
  };
}

/** The tables of which a row holds the text. Other tests make tables beside ours, and drop them meanwhile. */
async function traces(text: string): Promise<string[]> {
  const { rows: tables } = await pool.query<{ name: string }>(
    `select quote_ident(table_schema) || '.' || quote_ident(table_name) as name from information_schema.tables
      where table_type = 'BASE TABLE' and table_schema = 'public' order by 1`,
  );
  const found: string[] = [];
  for (const { name } of tables) {
    const { rows } = await pool.query(`select 1 from ${name} as t where strpos(t::text, $1) > 0`, [text]);
    if (rows.length > 0) found.push(name);
  }
  return found;
}

describe('erasing a chat', () => {
  test('leaves no trace of it in any table, and a receipt that names nobody', async () => {
    const chat = newChat();
    const { message, avitoMessageId, event, sent } = await tell(chat);
    await sent();
    const bystander = { ...newChat(), accountId: chat.accountId };
    await tell(bystander);
    expect(await traces(chat.chatId)).toContain('public.messages');

    const receipt = await erase(chat);

    expect(receipt.erased.tables).toMatchObject({
      chats: 1,
      messages: 2,
      replies: 1,
      sends: 1,
      unrecognized_events: 1,
      alerts: 1,
    });
    for (const trace of [
      chat.chatId,
      message.messageId,
      avitoMessageId,
      String(message.authorId),
      event.eventKey,
      `Имя-${message.messageId}`,
    ]) {
      expect(await traces(trace)).toEqual([]);
    }
    expect(await traces(receipt.subjectHash)).toEqual(['public.erasure_marks', 'public.erasures']);
    expect(await chats.listMessages(bystander)).toHaveLength(1);
  });

  test('counts what was derived of it, too: a question of a gap with its vector', async () => {
    const chat = newChat();
    await tell(chat);
    const found = await repositories.replies.lookUp({ accountIds: [chat.accountId], id: chat.chatId });
    if (found === undefined || !('reply' in found)) throw new Error('no reply');
    await repositories.gaps.place({
      accountId: chat.accountId,
      questions: [
        {
          replyId: found.reply.replyId,
          messageId: null,
          askedAt: anHourAgo(),
          folded: 'трейд ин',
          stems: 'трейд',
          vector: [1, 0],
        },
      ],
      minStemSimilarity: 0.6,
      vectors: { spaceKey: 'test', minSimilarity: 0.9 },
    });
    expect((await erase({ ...chat, isDryRun: true })).erased.tables).toMatchObject({ gap_questions: 1 });
    expect((await erase(chat)).erased.tables).toMatchObject({ gap_questions: 1, replies: 1 });
  });

  test('is told beforehand by a dry run, which changes nothing', async () => {
    const chat = newChat();
    const { sent } = await tell(chat);
    await sent();
    const foreseen = await erase({ ...chat, isDryRun: true });
    expect(foreseen).toMatchObject({ erasureId: null, erasedAt: null });
    expect(await chats.findChat(chat)).toMatchObject({ mode: 'auto' });
    expect((await erase(chat)).erased).toEqual(foreseen.erased);
  });

  test('refuses what was written before and comes late; what the buyer writes later is new', async () => {
    const chat = newChat();
    const { message, avitoMessageId, event, sent } = await tell(chat);
    await sent();
    await erase(chat);

    expect(await turns.takeInMessage(message)).toMatchObject({ isErased: true, unanswered: false });
    expect(await turns.takeInMessage(buyerMessage(chat, { createdAt: anHourAgo() }))).toMatchObject({
      isErased: true,
    });
    // Our own text comes back with a time after the erasure: it is known by its id.
    const echo = buyerMessage(chat, { messageId: avitoMessageId, direction: 'out', authorKind: 'operator' });
    expect(await turns.takeInMessage({ ...echo, createdAt: later() })).toMatchObject({ isErased: true });
    expect(await events.keepUnrecognized(event)).toBe(false);
    await chats.describeChat({ ...chat, buyerName: 'Иван' });
    expect(await traces(chat.chatId)).toEqual([]);

    const fresh = await turns.takeInMessage(buyerMessage(chat, { createdAt: later() }));
    expect(fresh).toMatchObject({ inserted: true, isErased: false, unanswered: true, turn: 2 });
  });

  test('fences out whoever composes: his text is dropped, also when the buyer has written anew', async () => {
    const chat = newChat();
    const message = buyerMessage(chat, { createdAt: anHourAgo() });
    await turns.takeInMessage(message);
    await turns.claimTurn({ ...chat, turn: 1 });
    await erase(chat);
    const text = answerTo(chat, { turn: 1, messageIds: [message.messageId] });
    expect(await turns.storeReply(text)).toEqual({ kind: 'superseded' });
    const { turn } = await turns.takeInMessage(buyerMessage(chat, { createdAt: later() }));
    expect(await turns.claimTurn({ ...chat, turn })).toMatchObject({ kind: 'claimed' });
    expect(await turns.storeReply(text)).toEqual({ kind: 'superseded' });
    expect(await chats.findChat(chat)).toMatchObject({ composingTurn: turn });
  });

  test('waits for a text that is just leaving', async () => {
    const chat = newChat();
    const { avitoMessageId, sent } = await tell(chat);
    let looks = 0;
    const patient = createErase({
      erasures,
      queues: noJobs,
      clock: systemClock,
      sleep: async () => {
        looks += 1;
        if (looks === 2) await sent();
      },
      logger: silentLogger,
    });
    expect((await patient(chat)).erased).toMatchObject({ interruptedSends: 0, tables: { messages: 2 } });
    expect(await traces(avitoMessageId)).toEqual([]);
  });

  test('does not wait for ever: a text whose sender is gone is counted, and its sender finds nothing', async () => {
    const chat = newChat();
    const { sent } = await tell(chat);
    let now = Date.now();
    const clock = { now: () => (now += 10_000) };
    const impatient = createErase({
      erasures,
      queues: noJobs,
      clock,
      sleep: async () => {},
      logger: silentLogger,
    });
    expect((await impatient(chat)).erased).toMatchObject({ interruptedSends: 1 });
    await expect(sent()).rejects.toMatchObject({ code: 'database.unknown-send' });
    expect(await traces(chat.chatId)).toEqual([]);
  });

  test('leaves everything as it is while the queue, whose jobs it would leave behind, is away', async () => {
    const chat = newChat();
    await (await tell(chat)).sent();
    const ping = async () => {
      throw new AppError('away', { code: 'queue.unavailable' });
    };
    const queues = { ...noJobs, ping };
    const hindered = createErase({ erasures, queues, clock: systemClock, sleep, logger: silentLogger });
    await expect(hindered(chat)).rejects.toMatchObject({ code: 'queue.unavailable' });
    expect((await erase(chat)).erased.tables).toMatchObject({ chats: 1, messages: 2 });
  });

  test('that nobody knows leaves a mark all the same, and can be repeated', async () => {
    const chat = newChat();
    expect((await erase(chat)).erased.tables).toEqual({});
    const again = await erase(chat);
    expect(again.subjectHash).toBe((await erase(chat)).subjectHash);
    expect(await turns.takeInMessage(buyerMessage(chat, { createdAt: anHourAgo() }))).toMatchObject({
      isErased: true,
    });
  });
});

describe('erasing a buyer', () => {
  test('erases all of his chats with the account, and no others', async () => {
    const chat = newChat();
    const { accountId } = chat;
    const second = { ...newChat(), accountId };
    const bystander = { ...newChat(), accountId };
    const { authorId, sent } = await tell(chat);
    await sent();
    await (await tell(second, { authorId })).sent();
    await tell(bystander);
    const elsewhere = newChat();
    await tell(elsewhere, { authorId });

    expect(await erase({ accountId, authorId })).toMatchObject({
      subject: 'author',
      erased: { tables: { chats: 2 } },
    });
    for (const trace of [chat.chatId, second.chatId]) expect(await traces(trace)).toEqual([]);
    expect(await chats.listMessages(bystander)).toHaveLength(1);
    expect(await chats.listMessages(elsewhere)).toHaveLength(1);

    const unseen = { ...newChat(), accountId };
    const old = buyerMessage(unseen, { authorId, createdAt: anHourAgo() });
    expect(await turns.takeInMessage(old)).toMatchObject({ isErased: true });
    expect(await traces(unseen.chatId)).toEqual([]);
    expect(await turns.takeInMessage({ ...old, messageId: randomUUID(), createdAt: later() })).toMatchObject({
      isErased: false,
    });
  });

  test('the account itself is no buyer', async () => {
    const { accountId } = newChat();
    await expect(erase({ accountId, authorId: accountId })).rejects.toMatchObject({
      code: 'erasure.own-account',
    });
  });
});
