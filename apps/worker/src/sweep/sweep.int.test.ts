import { createPool, createRepositories, type Repositories } from '@avito-autoreply/database';
import { silentLogger } from '@avito-autoreply/runtime';
import { expect, inject, onTestFinished, test } from 'vitest';
import { buyerQuestion } from '../testing/buyer-question.ts';
import { createBell, jobContext, setUpAccount } from '../testing/set-up.ts';
import { createSweep } from './sweep.ts';

const returnToAuto = { ofAccounts: async () => {} };
const MINUTES = 60;

const writeTo = ({ turns }: Repositories, accountId: number, chatId: string) =>
  turns.takeInMessage(buyerQuestion({ accountId, chatId }));

/** A chat with a buyer's message, and the means to let time pass in it. */
async function setUp() {
  const { repositories, accountId, chatId } = setUpAccount();
  await writeTo(repositories, accountId, chatId);
  const pool = createPool({ url: inject('databaseUrl'), max: 1, logger: silentLogger });
  onTestFinished(() => pool.end());
  const letPass = async (seconds: number) => {
    await pool.query(
      `update chats set turn_due_at = turn_due_at - $2 * interval '1 s', composing_since = composing_since - $2 * interval '1 s'
        where account_id = $1`,
      [accountId, seconds],
    );
    await pool.query("update sends set updated_at = updated_at - $2 * interval '1 s' where account_id = $1", [
      accountId,
      seconds,
    ]);
  };
  const sweep = (bell = createBell(), accountIds = [accountId]) =>
    createSweep({ repositories, queues: bell, accountIds, returnToAuto, logger: silentLogger })(
      {},
      jobContext,
    ).then(() => bell.rung);
  return { repositories, accountId, chatId, letPass, sweep, pool };
}

test('a turn whose job is gone is rung for again as soon as it is due', async () => {
  const { accountId, chatId, letPass, sweep } = await setUp();
  expect(await sweep()).toEqual([]);
  await letPass(10);
  expect(await sweep()).toMatchObject([{ name: 'compose-reply', payload: { accountId, chatId, turn: 1 } }]);
});

test('a turn that waits in a long line is left alone, however long it waits', async () => {
  const { repositories, accountId, chatId, letPass, sweep } = await setUp();
  await letPass(10 * MINUTES);
  expect(await sweep(createBell({ holds: () => true }))).toEqual([]);
  expect(await repositories.chats.findChat({ accountId, chatId })).toMatchObject({ turn: 1 });
});

test('however many turns are overdue, each is rung for', async () => {
  const { accountId, chatId, letPass, sweep, pool } = await setUp();
  await letPass(10);
  await pool.query(
    `insert into chats (account_id, chat_id, turn_first_at, turn_due_at)
     select $1, $2 || n, clock_timestamp(), clock_timestamp() - interval '10 s' from generate_series(1, 1000) as n`,
    [accountId, chatId],
  );
  const rung = await sweep();
  expect(new Set(rung.map(({ payload }) => JSON.stringify(payload))).size).toBe(1_001);
});

test('a composition whose job is gone is rung for under its own number', async () => {
  const { repositories, accountId, chatId, letPass, sweep } = await setUp();
  await repositories.turns.claimTurn({ accountId, chatId, turn: 1 });
  await letPass(10);
  expect(await sweep()).toMatchObject([{ payload: { accountId, chatId, turn: 1 } }]);
});

test('a composition that hangs is taken from its composer under a new number', async () => {
  const { repositories, accountId, chatId, letPass, sweep } = await setUp();
  await repositories.turns.claimTurn({ accountId, chatId, turn: 1 });
  const held = createBell({ holds: (payload) => (payload as { turn: number }).turn === 1 });
  await letPass(60);
  expect(await sweep(held)).toEqual([]);
  await letPass(2 * MINUTES);
  expect(await sweep(held)).toMatchObject([{ payload: { accountId, chatId, turn: 3 } }]);
});

test('a reply whose send job is gone is rung for', async () => {
  const { repositories, accountId, chatId, letPass, sweep } = await setUp();
  const claim = await repositories.turns.claimTurn({ accountId, chatId, turn: 1 });
  const stored = await repositories.turns.storeReply({
    accountId,
    chatId,
    turn: 1,
    messageIds: claim.kind === 'claimed' ? claim.messages.map(({ messageId }) => messageId) : [],
    reply: { mode: 'static', action: 'answer', question: '', text: 'Да.', sources: [], trace: {} },
    parts: ['Да.'],
    maxWaitMs: 0,
  });
  expect(await sweep()).toEqual([]);
  await letPass(10);
  const replyId = stored.kind === 'stored' ? stored.replyId : '';
  expect(await sweep()).toMatchObject([{ name: 'send-reply', payload: { accountId, chatId, replyId } }]);
});

test('however many replies are overdue, each is rung for', async () => {
  const { accountId, chatId, sweep, pool } = await setUp();
  await pool.query(
    `with many as (
       insert into replies (account_id, chat_id, turn, mode, action, question, text, sources, trace)
       select $1, $2, n, 'static', 'answer', '', 'Да.', '[]', '{}' from generate_series(10, 1509) as n
       returning id)
     insert into sends (reply_id, part, account_id, chat_id, text, updated_at)
     select id, 1, $1, $2, 'Да.', clock_timestamp() - interval '10 s' from many`,
    [accountId, chatId],
  );
  const rung = (await sweep()).filter(({ name }) => name === 'send-reply');
  expect(new Set(rung.map(({ payload }) => JSON.stringify(payload))).size).toBe(1_500);
});

test("another installation's accounts in the same database are left alone", async () => {
  const { accountId, letPass, sweep } = await setUp();
  await letPass(10);
  expect(await sweep(createBell(), [accountId + 500_000_000_000])).toEqual([]);
});

test('while Postgres is away the sweep says just that', async () => {
  const pool = createPool({ url: 'postgres://nobody@127.0.0.1:1/nowhere', max: 1, logger: silentLogger });
  onTestFinished(() => pool.end());
  const sweep = createSweep({
    repositories: createRepositories(pool),
    queues: createBell(),
    accountIds: [1],
    returnToAuto,
    logger: silentLogger,
  });
  await expect(sweep({}, jobContext)).rejects.toMatchObject({ code: 'database.unavailable' });
});
