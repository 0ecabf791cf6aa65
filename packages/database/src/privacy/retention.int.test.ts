import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { answerTo, buyerMessage, newChat, type TestChat, useTestDatabase } from '../testing/test-database.ts';

const { pool, repositories } = useTestDatabase();
const { alerts, chats, events, retention, sends, turns } = repositories;

/** As if all that the chat has had happened so many days ago. */
async function age({ accountId, chatId }: TestChat, days: number) {
  const values = [accountId, chatId, days];
  const back = (column: string) => `${column} = ${column} - $3 * interval '1 day'`;
  const where = 'where account_id = $1 and chat_id = $2';
  await pool.query(`update messages set ${back('received_at')} ${where}`, values);
  await pool.query(`update replies set ${back('created_at')} ${where}`, values);
  await pool.query(`update chats set ${back('created_at')}, ${back('updated_at')} ${where}`, values);
}

async function ask(chat: TestChat, changes = {}) {
  const message = buyerMessage(chat, changes);
  const { turn } = await turns.takeInMessage(message);
  return { message, turn };
}

async function answer(chat: TestChat, { isSent = true } = {}) {
  const { message, turn } = await ask(chat);
  await turns.claimTurn({ ...chat, turn });
  const stored = await turns.storeReply(answerTo(chat, { turn, messageIds: [message.messageId] }));
  if (stored.kind !== 'stored') throw new Error(stored.kind);
  const sendId = (await sends.findReply(stored))?.sends[0]?.sendId ?? '';
  if (!isSent) return;
  await sends.beginSend({ sendId, maxWaitMs: 0 });
  await sends.markSent({ sendId, attempt: 1, avitoMessageId: randomUUID() });
}

describe('retention', () => {
  test('deletes what is older and over, chat and all', async () => {
    const chat = newChat();
    await answer(chat);
    await age(chat, 31);
    expect(await retention.purgeAccount({ accountId: chat.accountId, days: 30 })).toMatchObject({
      messages: 2,
      replies: 1,
      chats: 1,
    });
    expect(await chats.findChat(chat)).toBeUndefined();
    expect(await retention.purgeAccount({ accountId: chat.accountId, days: 30 })).toMatchObject({
      messages: 0,
      replies: 0,
      chats: 0,
    });
  });

  test('keeps what is younger, and the chat for its sake', async () => {
    const chat = newChat();
    await answer(chat);
    await age(chat, 31);
    await answer(chat);
    await retention.purgeAccount({ accountId: chat.accountId, days: 30 });
    expect(await chats.listMessages(chat)).toHaveLength(2);
    await retention.purgeAccount({ accountId: chat.accountId, days: 400 });
    expect(await chats.listMessages(chat)).toHaveLength(2);
  });

  test('never deletes what is open: unanswered, queued, or of unknown outcome', async () => {
    const unanswered = newChat();
    const { accountId } = unanswered;
    const queued = { ...newChat(), accountId };
    const unknown = { ...newChat(), accountId };
    await ask(unanswered);
    await answer(queued, { isSent: false });
    await answer(unknown, { isSent: false });
    await pool.query("update sends set status = 'unknown' where chat_id = $1", [unknown.chatId]);
    for (const chat of [unanswered, queued, unknown]) await age(chat, 1_000);
    expect(await retention.purgeAccount({ accountId, days: 1 })).toMatchObject({
      messages: 0,
      replies: 0,
      chats: 0,
    });
    for (const chat of [unanswered, queued, unknown]) expect(await chats.listMessages(chat)).toHaveLength(1);
  });

  test('deletes events and closed alerts, not open ones, and nothing of other accounts', async () => {
    const [own, other] = [newChat().accountId, newChat().accountId];
    for (const accountId of [own, other]) {
      await events.keepUnrecognized({ eventKey: randomUUID(), accountId, reason: 'odd', body: {} });
      await alerts.raise({ accountId, kind: 'over', message: '…', details: {} });
      await alerts.clear({ accountId, kind: 'over' });
      await alerts.raise({ accountId, kind: 'open', message: '…', details: {} });
    }
    await pool.query(
      `update unrecognized_events set received_at = received_at - interval '40 days' where account_id = any($1)`,
      [[own, other]],
    );
    await pool.query(
      `update alerts set cleared_at = cleared_at - interval '40 days', raised_at = raised_at - interval '40 days' where account_id = any($1)`,
      [[own, other]],
    );
    expect(await retention.purgeAccount({ accountId: own, days: 30 })).toMatchObject({
      unrecognizedEvents: 1,
      alerts: 1,
    });
    expect(await events.listUnrecognized({ accountId: own })).toEqual([]);
    expect(await events.listUnrecognized({ accountId: other })).toHaveLength(1);
    expect(await alerts.listOpen({ accountIds: [own] })).toHaveLength(1);
  });

  test('knows the accounts whose chats are left although nobody names them any more', async () => {
    const [named, left] = [newChat(), newChat()];
    for (const chat of [named, { ...named, chatId: randomUUID() }, left]) await ask(chat);
    const others = await retention.otherAccounts({ accountIds: [named.accountId] });
    expect(others.filter((id) => id === named.accountId || id === left.accountId)).toEqual([left.accountId]);
  });

  test('deletes what is nobody’s: events that name no account, or one that is not configured', async () => {
    const { accountId } = newChat();
    const body = { canary: randomUUID() };
    const keep = (event: { accountId: number | null; reason: string }) =>
      events.keepUnrecognized({ ...event, eventKey: randomUUID(), body });
    await keep({ accountId: null, reason: 'odd' });
    await keep({ accountId, reason: 'unknown-account' });
    await keep({ accountId, reason: 'odd' });
    await pool.query(
      `update unrecognized_events set received_at = received_at - interval '40 days' where body = $1`,
      [body],
    );
    await keep({ accountId: null, reason: 'young' });
    await retention.purgeOwnerless({ days: 30 });
    const { rows } = await pool.query('select reason from unrecognized_events where body = $1 order by 1', [
      body,
    ]);
    expect(rows).toEqual([{ reason: 'odd' }, { reason: 'young' }]);
  });
});
