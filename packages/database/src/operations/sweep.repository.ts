import type { Pool } from 'pg';
import type { ChatKey } from '../model.ts';
import { safeInteger, safeIntegerOrNull } from '../values.ts';
import { createRunQuery } from '../with-transaction.ts';

type Overdue = {
  /** Only these: another installation may share the database. */
  accountIds: readonly number[];
  olderThanMs: number;
  limit?: number;
};
type OverduePage = Overdue & { after?: ChatKey | undefined };
export type OverdueTurn = ChatKey & {
  /** The turn that should have been claimed by now; null when none is. */
  dueTurn: number | null;
  /** The turn that is said to be composed, and for how long. */
  composingTurn: number | null;
  composingMs: number | null;
};
export type OverdueReply = ChatKey & {
  replyId: string;
  /** As the database writes it, to the microsecond. */
  since: string;
};
type OverdueRow = { due_turn: string | null; composing_turn: string | null; composing_ms: number | null };
type KeyRow = { account_id: string; chat_id: string };

const keyOf = (row: KeyRow): ChatKey => ({ accountId: safeInteger(row.account_id), chatId: row.chat_id });

/** Finds work whose job may be gone: the queue is only the bell, and it can be rung again. Changes nothing. */
export function createSweepRepository(pool: Pool) {
  const run = createRunQuery(pool);
  return {
    /** Chats whose turn is due, or being composed, for longer than that. Page by page: `after` is the last one of the page before. */
    async overdueTurns({ accountIds, olderThanMs, after, limit = 500 }: OverduePage): Promise<OverdueTurn[]> {
      const rows = await run<KeyRow & OverdueRow>(
        `select account_id, chat_id,
                case when turn_due_at < now() - $1 * interval '1 ms' then turn end as due_turn,
                case when composing_since < now() - $1 * interval '1 ms' then composing_turn end as composing_turn,
                (extract(epoch from now() - composing_since) * 1000)::float8 as composing_ms
           from chats
          where account_id = any($3) and mode = 'auto'
            and (turn_due_at < now() - $1 * interval '1 ms' or composing_since < now() - $1 * interval '1 ms')
            and ($4::bigint is null or (account_id, chat_id) > ($4, $5))
          order by account_id, chat_id limit $2`,
        [olderThanMs, limit, accountIds, after?.accountId ?? null, after?.chatId ?? null],
      );
      return rows.map((row) => ({
        ...keyOf(row),
        dueTurn: safeIntegerOrNull(row.due_turn),
        composingTurn: safeIntegerOrNull(row.composing_turn),
        composingMs: row.composing_ms,
      }));
    },

    /**
     * Replies with a part that has been queued, is said to be leaving, or whose look into the history is due, for longer
     * than that; and replies with a copy too many, which the buyer sees twice until it is deleted. The oldest first, page by
     * page: `after` is the last one of the page before.
     */
    async overdueReplies({
      accountIds,
      olderThanMs,
      after,
      limit = 500,
    }: Overdue & { after?: OverdueReply | undefined }): Promise<OverdueReply[]> {
      const rows = await run<KeyRow & { reply_id: string; since: string }>(
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
         select account_id, chat_id, reply_id, min(since)::text as since from overdue
          group by account_id, chat_id, reply_id
         having $4::timestamptz is null or (min(since), reply_id) > ($4::timestamptz, $5::uuid)
          order by min(since), reply_id limit $2`,
        [olderThanMs, limit, accountIds, after?.since ?? null, after?.replyId ?? null],
      );
      return rows.map((row) => ({ ...keyOf(row), replyId: row.reply_id, since: row.since }));
    },
  };
}
