import { randomUUID } from 'node:crypto';
import { createPool } from '../create-pool.ts';
import { createRepositories } from '../repositories.ts';
import { silentLogger } from '@avito-autoreply/runtime';
import { expect, inject, onTestFinished, test } from 'vitest';
import type { TakenIn } from './take-in-message.ts';
import { answerTo, buyerMessage, newChat, useTestDatabase } from '../testing/test-database.ts';

const { pool, repositories } = useTestDatabase();

const bound = (maxChats: number) => ({
  maxChats,
  otherwise: {
    reply: {
      mode: 'static' as const,
      action: 'handoff' as const,
      reason: 'queue-full',
      text: 'Передал.',
      sources: [],
      trace: {},
    },
    parts: ['Передал.'],
  },
});

const PROCESSES = 4;
const CONNECTIONS = 5;

/** Messages to as many new chats, taken in by several processes, each over as many connections as it has. */
async function takeInMany({
  accountId,
  chats,
  maxChats,
}: {
  accountId: number;
  chats: number;
  maxChats: number;
}) {
  const taken: TakenIn[] = [];
  let next = 0;
  const takers = Array.from({ length: PROCESSES }, () => {
    const own = createPool({ url: inject('databaseUrl'), max: CONNECTIONS, logger: silentLogger });
    onTestFinished(() => own.end());
    const { turns } = createRepositories(own);
    return Array.from({ length: CONNECTIONS }, async () => {
      while (next < chats) {
        next += 1;
        const chat = { accountId, chatId: `c-${randomUUID()}` };
        taken.push(await turns.takeInMessage({ ...buyerMessage(chat), bound: bound(maxChats) }));
      }
    });
  });
  await Promise.all(takers.flat());
  return taken;
}

async function withWork(accountId: number): Promise<number> {
  const { rows } = await pool.query<{ count: number }>(
    `select count(*)::int as count from chats
      where account_id = $1 and (turn_first_at is not null or composing_turn is not null)`,
    [accountId],
  );
  return rows[0]?.count ?? 0;
}

test('however many take messages in at once, the bound holds, and each message waits or has its reply', async () => {
  const { accountId } = newChat();
  const taken = await takeInMany({ accountId, chats: 80, maxChats: 7 });
  expect(await withWork(accountId)).toBe(7);
  expect(taken.filter(({ unanswered }) => unanswered)).toHaveLength(7);
  expect(taken.filter(({ replyId }) => replyId !== null)).toHaveLength(73);
});

test('far below the bound many pass side by side, and it holds where they meet it', async () => {
  const { accountId } = newChat();
  const { rows } = await pool.query<{ max: number }>("select current_setting('max_connections')::int as max");
  // The first ones pass side by side, those that come within twice the connections of the bound one by one.
  const maxChats = 2 * (rows[0]?.max ?? 0) + 20;
  await takeInMany({ accountId, chats: 40, maxChats });
  expect(await withWork(accountId)).toBe(40);
  await pool.query(
    `insert into chats (account_id, chat_id, turn_first_at, turn_due_at)
     select $1, 'filled-' || n, now(), now() from generate_series(1, $2::int) as n`,
    [accountId, maxChats - 50],
  );
  await takeInMany({ accountId, chats: 30, maxChats });
  expect(await withWork(accountId)).toBe(maxChats);
});

test('a reply that is stored makes room for the next chat, and a redelivery takes none', async () => {
  const first = newChat();
  const second = { ...first, chatId: `${first.chatId}-2` };
  const third = { ...first, chatId: `${first.chatId}-3` };
  const { turns } = repositories;
  const message = { ...buyerMessage(first), bound: bound(1) };
  await turns.takeInMessage(message);
  expect((await turns.takeInMessage(message)).replyId).toBeNull();
  const over = await turns.takeInMessage({ ...buyerMessage(second), bound: bound(1) });
  expect(over).toMatchObject({ inserted: true, unanswered: false, replyId: expect.any(String) });

  const claim = await turns.claimTurn({ ...first, turn: 1 });
  const messageIds = claim.kind === 'claimed' ? claim.messages.map(({ messageId }) => messageId) : [];
  await turns.storeReply(answerTo(first, { turn: 1, messageIds }));
  expect(await turns.takeInMessage({ ...buyerMessage(third), bound: bound(1) })).toMatchObject({
    unanswered: true,
    replyId: null,
  });
});
