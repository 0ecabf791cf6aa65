import { giveChatToHuman } from '../chats/hand-off.ts';
import { lockChat } from '../chats/lock-chat.ts';
import type { ChatKey } from '../model.ts';
import { safeInteger } from '../values.ts';
import type { RunQuery } from '../with-transaction.ts';
import { chatTables, countDerived, quoted } from './chat-tables.ts';

export type Counts = Record<string, number>;

/** Before the erasure: nothing more is composed or queued, so that only what is just leaving has to be waited for. */
export async function quietChat(run: RunQuery, chat: ChatKey): Promise<void> {
  if (await lockChat(run, chat)) await giveChatToHuman(run, { ...chat, reason: 'erasure' });
}

/**
 * Deletes all rows of a chat and leaves its mark, also of a chat that is not there: a message of it may be on its way.
 * Whoever works on the chat finds no row any more, and stores nothing.
 */
export async function eraseChat(run: RunQuery, { accountId, chatId }: ChatKey): Promise<Counts> {
  // A row to lock: a message that is being taken in waits here, and then finds the mark.
  const made = await run(
    'insert into chats (account_id, chat_id) values ($1, $2) on conflict do nothing returning 1',
    [accountId, chatId],
  );
  const chat = await lockChat(run, { accountId, chatId });
  await markMessages(run, { accountId, chatId });
  await mark(run, { accountId, kind: 'chat', id: chatId, nextTurn: chat?.turn ?? 1 });
  const counts: Counts = await countDerived(run, { accountId, chatId });
  for (const table of await chatTables(run)) {
    const [row] = await run<{ count: number }>(
      `with gone as (delete from ${quoted(table)} where account_id = $1 and chat_id = $2 returning 1)
       select count(*)::int as count from gone`,
      [accountId, chatId],
    );
    if (row && row.count > 0 && !(table === 'chats' && made.length > 0)) counts[table] = row.count;
  }
  return counts;
}

/** What eraseChat would delete. */
export async function countChat(run: RunQuery, { accountId, chatId }: ChatKey): Promise<Counts> {
  const counts: Counts = await countDerived(run, { accountId, chatId });
  for (const table of await chatTables(run)) {
    const [row] = await run<{ count: number }>(
      `select count(*)::int as count from ${quoted(table)} where account_id = $1 and chat_id = $2`,
      [accountId, chatId],
    );
    if (row && row.count > 0) counts[table] = row.count;
  }
  return counts;
}

/** What is written from now on is new; what was written before, and comes late, is refused. */
export async function mark(
  run: RunQuery,
  {
    accountId,
    kind,
    id,
    nextTurn = null,
  }: { accountId: number; kind: 'chat' | 'author' | 'event'; id: string; nextTurn?: number | null },
): Promise<string> {
  const [row] = await run<{ hash: string }>(
    `insert into erasure_marks as mark (account_id, hash, kind, next_turn)
     values ($1, erasure_hash($1, $2, $3), $2, $4)
     on conflict (account_id, hash) do update
        set erased_at = clock_timestamp(), next_turn = greatest(mark.next_turn, excluded.next_turn)
     returning hash`,
    [safeInteger(accountId), kind, id, nextTurn],
  );
  if (!row) throw new Error('an upsert returned no row');
  return row.hash;
}

/** Avito's clock knows only seconds: what was written in the second of the erasure is told apart by its id. */
async function markMessages(run: RunQuery, { accountId, chatId }: ChatKey): Promise<void> {
  await run(
    `insert into erasure_marks (account_id, hash, kind)
     select $1, erasure_hash($1, 'message', id), 'message'
       from (select message_id as id from messages where account_id = $1 and chat_id = $2
             union select avito_message_id from send_attempts
              where account_id = $1 and chat_id = $2 and avito_message_id is not null) as ids
     on conflict do nothing`,
    [accountId, chatId],
  );
}
