import { describe, expect, test } from 'vitest';
import { answerTo, buyerMessage, newChat, useTestDatabase } from '../testing/test-database.ts';
import { createTurnSteps } from '../testing/turn-steps.ts';

const { pool, repositories } = useTestDatabase();
const { turns, sweep } = repositories;
const { rewind, claimed } = createTurnSteps({ pool, repositories });

describe('the sweeper', () => {
  test('finds a turn whose job is gone and opens it under a new number', async () => {
    const chat = newChat();
    await turns.takeInMessage(buyerMessage(chat));
    expect(await turns.reopenTurn({ ...chat, olderThanMs: 60_000 })).toBeUndefined();
    await rewind(chat, 61);
    const overdue = await sweep.overdueTurns({ accountIds: [chat.accountId], olderThanMs: 60_000 });
    expect(overdue).toMatchObject([{ ...chat, dueTurn: 1, composingTurn: null, composingMs: null }]);
    expect(await turns.reopenTurn({ ...chat, olderThanMs: 60_000 })).toBe(2);
    expect(await turns.reopenTurn({ ...chat, olderThanMs: 60_000 })).toBeUndefined();
    expect((await claimed(chat, 2)).messages).toHaveLength(1);
  });

  test('takes a turn from a composer that died, and fences it out should it wake up', async () => {
    const chat = newChat();
    await turns.takeInMessage(buyerMessage(chat));
    const { messageIds } = await claimed(chat, 1);
    await rewind(chat, 61);
    const overdue = await sweep.overdueTurns({ accountIds: [chat.accountId], olderThanMs: 60_000 });
    expect(overdue).toMatchObject([{ dueTurn: null, composingTurn: 1 }]);
    expect(overdue[0]?.composingMs).toBeGreaterThan(60_000);
    expect(await turns.reopenTurn({ ...chat, olderThanMs: 60_000 })).toBe(3);
    await claimed(chat, 3);
    expect(await turns.storeReply(answerTo(chat, { turn: 1, messageIds }))).toEqual({ kind: 'superseded' });
  });

  test('walks through any number of chats page by page', async () => {
    const first = newChat();
    const chatIds = ['a', 'b', 'c'].map((name) => `${name}-${first.chatId}`);
    for (const chatId of chatIds) {
      await turns.takeInMessage(buyerMessage({ ...first, chatId }));
      await rewind({ ...first, chatId }, 61);
    }
    const look = { accountIds: [first.accountId], olderThanMs: 60_000, limit: 2 };
    const page = await sweep.overdueTurns(look);
    const rest = await sweep.overdueTurns({ ...look, after: page.at(-1) });
    expect([page, rest].map((found) => found.map(({ chatId }) => chatId))).toEqual([
      chatIds.slice(0, 2),
      chatIds.slice(2),
    ]);
  });

  test('leaves a turn alone that turned out to have nothing to answer', async () => {
    const chat = newChat();
    await turns.takeInMessage(buyerMessage(chat));
    await claimed(chat, 1);
    await turns.takeInMessage(buyerMessage(chat));
    const { messageIds } = await claimed(chat, 1);
    await turns.storeReply({ ...answerTo(chat, { turn: 1, messageIds }), maxWaitMs: 0 });
    expect(await turns.claimTurn({ ...chat, turn: 2 })).toEqual({
      kind: 'gone',
      reason: 'nothing-unanswered',
    });
    await rewind(chat, 61);
    expect(await turns.reopenTurn({ ...chat, olderThanMs: 60_000 })).toBeUndefined();
  });

  test('finds a reply whose send job is gone', async () => {
    const chat = newChat();
    await turns.takeInMessage(buyerMessage(chat));
    const { messageIds } = await claimed(chat, 1);
    const stored = await turns.storeReply(answerTo(chat, { turn: 1, messageIds }));
    if (stored.kind !== 'stored') throw new Error(stored.kind);
    const isFound = async (olderThanMs: number) =>
      (await sweep.overdueReplies({ accountIds: [chat.accountId], olderThanMs })).some(
        ({ replyId }) => replyId === stored.replyId,
      );
    expect(await isFound(60_000)).toBe(false);
    await pool.query("update sends set updated_at = updated_at - interval '61 s' where reply_id = $1", [
      stored.replyId,
    ]);
    expect(await isFound(60_000)).toBe(true);
  });
});
