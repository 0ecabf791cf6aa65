import type { Pool } from 'pg';
import type { Message, Reply, ReplyMode } from '../model.ts';
import { type MessageRow, type ReplyRow, toMessage, toReply } from '../rows.ts';
import { uuidOrNull } from '../values.ts';
import { createRunQuery } from '../with-transaction.ts';

type ListReplies = {
  accountIds: readonly number[];
  reason?: string | undefined;
  mode?: ReplyMode | undefined;
  chatId?: string | undefined;
  limit?: number;
  offset?: number;
};

/** For the owner's question why a buyer was answered as he was. */
export function createRepliesRepository(pool: Pool) {
  const run = createRunQuery(pool);
  return {
    /** The newest first. */
    async list({
      accountIds,
      reason,
      mode,
      chatId,
      limit = 50,
      offset = 0,
    }: ListReplies): Promise<{ total: number; replies: Reply[] }> {
      const where = `account_id = any($1) and ($2::text is null or reason = $2)
        and ($3::text is null or mode = $3) and ($4::text is null or chat_id = $4)`;
      const values = [accountIds, reason ?? null, mode ?? null, chatId ?? null];
      const [count] = await run<{ total: number }>(
        `select count(*)::int as total from replies where ${where}`,
        values,
      );
      const rows = await run<ReplyRow>(
        `select * from replies where ${where} order by created_at desc, id limit $5 offset $6`,
        [...values, limit, offset],
      );
      return { total: count?.total ?? 0, replies: rows.map(toReply) };
    },

    /**
     * What an id stands for: a reply, the reply to a message (or of which it is a part), or the latest reply of a chat.
     * A message without a reply, or the latest one of a chat without replies, comes back by itself.
     */
    async lookUp({
      accountIds,
      id,
    }: {
      accountIds: readonly number[];
      id: string;
    }): Promise<{ reply: Reply } | { message: Message } | undefined> {
      const [row] = await run<ReplyRow>(
        `with wanted as (
           select id, 1 as rank, created_at from replies where id = $3 and account_id = any($1)
           union all
           select reply_id, 2, created_at from messages
            where message_id = $2 and account_id = any($1) and reply_id is not null
           union all
           (select id, 3, created_at from replies
             where chat_id = $2 and account_id = any($1) order by created_at desc limit 1))
         select r.* from replies r join wanted w on w.id = r.id order by w.rank, w.created_at desc limit 1`,
        [accountIds, id, uuidOrNull(id)],
      );
      if (row) return { reply: toReply(row) };
      const [message] = await run<MessageRow>(
        `select * from messages
          where account_id = any($1) and (message_id = $2 or chat_id = $2) and direction = 'in'
          order by (message_id = $2) desc, created_at desc, received_at desc limit 1`,
        [accountIds, id],
      );
      return message && { message: toMessage(message) };
    },
  };
}
