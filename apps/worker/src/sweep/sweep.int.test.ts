import { createPool } from '@avito-autoreply/database';
import { silentLogger } from '@avito-autoreply/runtime';
import { expect, inject, onTestFinished, test } from 'vitest';
import { createBell, jobContext, setUpAccount } from '../testing/set-up.ts';
import { createSweep } from './sweep.ts';

const returnToAuto = { ofAccounts: async () => {} };

/** A chat whose turn was due five minutes ago, and whose job is gone. */
async function overdueChat() {
  const { repositories, accountId, chatId } = setUpAccount();
  await repositories.turns.takeInMessage({
    accountId,
    chatId,
    messageId: 'm1',
    direction: 'in',
    authorId: 7,
    authorKind: 'buyer',
    type: 'text',
    text: 'Ещё продаёте?',
    content: {},
    itemId: null,
    chatType: 'u2i',
    createdAt: new Date(),
    decision: 'answer',
    reason: 'buyer-message',
    quietMs: 0,
    maxWaitMs: 0,
  });
  const pool = createPool({ url: inject('databaseUrl'), max: 1, logger: silentLogger });
  onTestFinished(() => pool.end());
  await pool.query("update chats set turn_due_at = turn_due_at - interval '5 min' where account_id = $1", [
    accountId,
  ]);
  return { repositories, accountId, chatId };
}

test('a turn whose job is gone is rung for again, under a new number', async () => {
  const { repositories, accountId, chatId } = await overdueChat();
  const bell = createBell();
  await createSweep({
    repositories,
    queues: bell,
    accountIds: [accountId],
    returnToAuto,
    logger: silentLogger,
  })({}, jobContext);
  expect(bell.rung).toMatchObject([{ name: 'compose-reply', payload: { accountId, chatId, turn: 2 } }]);
});

test("another installation's accounts in the same database are left alone", async () => {
  const { repositories, accountId, chatId } = await overdueChat();
  const bell = createBell();
  const sweep = createSweep({
    repositories,
    queues: bell,
    accountIds: [accountId + 500_000_000_000],
    returnToAuto,
    logger: silentLogger,
  });
  await sweep({}, jobContext);
  expect(bell.rung).toEqual([]);
  expect(await repositories.chats.findChat({ accountId, chatId })).toMatchObject({ turn: 1 });
});
