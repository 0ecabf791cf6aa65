import type { Pool } from 'pg';
import type { ChatKey } from '../model.ts';
import { safeInteger } from '../values.ts';
import { createRunQuery } from '../with-transaction.ts';

type Overdue = {
  /** Only these: another installation may share the database. */
  accountIds: readonly number[];
  olderThanMs: number;
  limit?: number;
};
type KeyRow = { account_id: string; chat_id: string };

const keyOf = (row: KeyRow): ChatKey => ({ accountId: safeInteger(row.account_id), chatId: row.chat_id });

/** Finds work whose job is gone, oldest first: the queue is only the bell, and this rings it again. Changes nothing. */
export function createSweepRepository(pool: Pool) {
  const run = createRunQuery(pool);
  return {
    /** Chats whose turn is due, or being composed, for longer than that. Hand them to reopenTurn. */
    async overdueTurns({ accountIds, olderThanMs, limit = 100 }: Overdue): Promise<ChatKey[]> {
      const rows = await run<KeyRow>(
        `select account_id, chat_id from chats
          where account_id = any($3) and mode = 'auto'
            and (turn_due_at < now() - $1 * interval '1 ms' or composing_since < now() - $1 * interval '1 ms')
          order by coalesce(turn_due_at, composing_since) limit $2`,
        [olderThanMs, limit, accountIds],
      );
      return rows.map(keyOf);
    },

    /**
     * Replies with a part that has been queued, is said to be leaving, or whose look into the history is due, for longer
     * than that; and replies with a copy too many, which the buyer sees twice until it is deleted.
     */
    async overdueReplies({
      accountIds,
      olderThanMs,
      limit = 100,
    }: Overdue): Promise<Array<ChatKey & { replyId: string }>> {
      const rows = await run<KeyRow & { reply_id: string }>(
        `with overdue as (
           select account_id, chat_id, reply_id, updated_at as since from sends
            where account_id = any($3) and status in ('queued', 'sending')
              and updated_at < now() - $1 * interval '1 ms'
           union all
           select account_id, chat_id, reply_id, look_at from sends
            where account_id = any($3) and look_at < now() - $1 * interval '1 ms'
           union all
           select s.account_id, s.chat_id, s.reply_id, a.updated_at
             from send_attempts a join sends s on s.id = a.send_id
            where a.account_id = any($3) and a.surplus = 'pending')
         select account_id, chat_id, reply_id from overdue
          group by account_id, chat_id, reply_id
          order by min(since) limit $2`,
        [olderThanMs, limit, accountIds],
      );
      return rows.map((row) => ({ ...keyOf(row), replyId: row.reply_id }));
    },
  };
}
