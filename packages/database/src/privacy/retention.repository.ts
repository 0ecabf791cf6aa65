import type { Pool } from 'pg';
import { createRunQuery, withTransaction } from '../with-transaction.ts';
import { purgeChat } from './purge-chat.ts';

type Whose = { accountId: number; days: number };

export type Purged = {
  messages: number;
  replies: number;
  chats: number;
  unrecognizedEvents: number;
  alerts: number;
};

const CHATS_AT_A_TIME = 200;
const ROWS_AT_A_TIME = 1_000;

/** Deletes what is older than an account keeps it. Safe to stop anywhere, and to repeat. */
export function createRetentionRepository(pool: Pool) {
  const run = createRunQuery(pool);

  /** Short statements: nobody waits long for a row. */
  const inBatches = async (sql: string, values: readonly unknown[]): Promise<number> => {
    for (let total = 0; ;) {
      const rows = await run(sql, [...values, ROWS_AT_A_TIME]);
      total += rows.length;
      if (rows.length < ROWS_AT_A_TIME) return total;
    }
  };

  return {
    async purgeAccount({ accountId, days, signal }: Whose & { signal?: AbortSignal }): Promise<Purged> {
      const purged: Purged = { messages: 0, replies: 0, chats: 0, unrecognizedEvents: 0, alerts: 0 };
      for (let after = ''; ;) {
        signal?.throwIfAborted();
        const chats = await run<{ chat_id: string }>(
          `select chat_id from chats c
            where account_id = $1 and chat_id > $2 and created_at < clock_timestamp() - $3 * interval '1 day'
            order by chat_id limit $4`,
          [accountId, after, days, CHATS_AT_A_TIME],
        );
        for (const { chat_id: chatId } of chats) {
          const rows = await withTransaction(pool, (inside) =>
            purgeChat(inside, { accountId, chatId, days }),
          );
          purged.messages += rows.messages;
          purged.replies += rows.replies;
          purged.chats += rows.chats;
        }
        const last = chats.at(-1);
        if (last === undefined || chats.length < CHATS_AT_A_TIME) break;
        after = last.chat_id;
      }
      purged.unrecognizedEvents = await inBatches(
        `delete from unrecognized_events where event_key in (
           select event_key from unrecognized_events
            where account_id = $1 and received_at < clock_timestamp() - $2 * interval '1 day' limit $3)
         returning 1`,
        [accountId, days],
      );
      purged.alerts = await inBatches(
        `delete from alerts where id in (
           select id from alerts
            where account_id = $1 and cleared_at < clock_timestamp() - $2 * interval '1 day' limit $3)
         returning 1`,
        [accountId, days],
      );
      await inBatches(
        `delete from erasure_marks where account_id = $1 and hash in (
           select hash from erasure_marks
            where account_id = $1 and kind in ('message', 'event')
              and erased_at < clock_timestamp() - $2 * interval '1 day' limit $3)
         returning 1`,
        [accountId, days],
      );
      return purged;
    },

    /** What belongs to no account: events that name none, closed alerts of the whole installation. */
    async purgeOwnerless({ days }: { days: number }): Promise<void> {
      await inBatches(
        `delete from unrecognized_events where event_key in (
           select event_key from unrecognized_events
            where account_id is null and received_at < clock_timestamp() - $1 * interval '1 day' limit $2)
         returning 1`,
        [days],
      );
      await inBatches(
        `delete from alerts where id in (
           select id from alerts
            where account_id is null and cleared_at < clock_timestamp() - $1 * interval '1 day' limit $2)
         returning 1`,
        [days],
      );
    },
  };
}
