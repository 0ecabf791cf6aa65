import { lockChat } from '../chats/lock-chat.ts';
import type { ChatKey } from '../model.ts';
import type { RunQuery } from '../with-transaction.ts';
import { chatTables, quoted } from './chat-tables.ts';

export type PurgedRows = { messages: number; replies: number; chats: number };

/**
 * Deletes what of a chat is older than the days and over: messages that wait for no answer, replies whose parts have
 * all ended. A chat of which nothing is left goes as well.
 */
export async function purgeChat(
  run: RunQuery,
  { accountId, chatId, days }: ChatKey & { days: number },
): Promise<PurgedRows> {
  if (!(await lockChat(run, { accountId, chatId }))) return { messages: 0, replies: 0, chats: 0 };
  const closed = await run<{ id: string }>(
    `select id from replies r
      where account_id = $1 and chat_id = $2 and created_at < clock_timestamp() - $3 * interval '1 day'
        and status in ('sent', 'failed', 'cancelled')
        and not exists (select 1 from sends s where s.reply_id = r.id and s.status in ('queued', 'sending', 'unknown'))
        and not exists (select 1 from messages m
                         where m.reply_id = r.id and m.received_at >= clock_timestamp() - $3 * interval '1 day')`,
    [accountId, chatId, days],
  );
  const replyIds = closed.map(({ id }) => id);
  const messages = await run(
    `delete from messages
      where account_id = $1 and chat_id = $2 and received_at < clock_timestamp() - $3 * interval '1 day'
        and not (direction = 'in' and decision = 'answer' and reply_id is null)
        and (reply_id is null or reply_id = any($4::uuid[]))
      returning 1`,
    [accountId, chatId, days, replyIds],
  );
  await run('delete from sends where reply_id = any($1::uuid[])', [replyIds]);
  await run('delete from replies where id = any($1::uuid[])', [replyIds]);
  const chats = await purgeEmptyChat(run, { accountId, chatId, days });
  return { messages: messages.length, replies: replyIds.length, chats };
}

async function purgeEmptyChat(
  run: RunQuery,
  { accountId, chatId, days }: ChatKey & { days: number },
): Promise<number> {
  const empty = await run(
    `select 1 from chats
      where account_id = $1 and chat_id = $2 and updated_at < clock_timestamp() - $3 * interval '1 day'
        and turn_due_at is null and composing_turn is null
        and not exists (select 1 from messages where account_id = $1 and chat_id = $2)
        and not exists (select 1 from replies where account_id = $1 and chat_id = $2)`,
    [accountId, chatId, days],
  );
  if (empty.length === 0) return 0;
  for (const table of await chatTables(run)) {
    await run(`delete from ${quoted(table)} where account_id = $1 and chat_id = $2`, [accountId, chatId]);
  }
  return 1;
}
