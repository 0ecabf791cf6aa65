import type { Pool } from 'pg';
import { createRunQuery, withTransaction } from '../with-transaction.ts';
import { purgeChat } from './purge-chat.ts';

type Whose = { accountId: number; days: number };

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

  /** What belongs to no chat; with null what belongs to no account either, or to one that nobody has configured. */
  const purgeLoose = async ({ accountId, days }: { accountId: number | null; days: number }) => ({
    unrecognizedEvents: await inBatches(
      `delete from unrecognized_events where event_key in (
           select event_key from unrecognized_events
            where (account_id is not distinct from $1 or ($1::bigint is null and reason = 'unknown-account'))
              and received_at < clock_timestamp() - $2 * interval '1 day' limit $3)
         returning 1`,
      [accountId, days],
    ),
    alerts: await inBatches(
      `delete from alerts where id in (
           select id from alerts
            where account_id is not distinct from $1 and cleared_at < clock_timestamp() - $2 * interval '1 day' limit $3)
         returning 1`,
      [accountId, days],
    ),
  });

  return {
    async purgeAccount({ accountId, days, signal }: Whose & { signal?: AbortSignal }) {
      const purged = { messages: 0, replies: 0, chats: 0 };
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
      const loose = await purgeLoose({ accountId, days });
      await inBatches(
        `delete from erasure_marks where account_id = $1 and hash in (
           select hash from erasure_marks
            where account_id = $1 and kind in ('message', 'event')
              and erased_at < clock_timestamp() - $2 * interval '1 day' limit $3)
         returning 1`,
        [accountId, days],
      );
      return { ...purged, ...loose };
    },

    /** Accounts that have chats here and are none of these: somebody has taken them out of the configuration. */
    async otherAccounts({ accountIds }: { accountIds: readonly number[] }): Promise<number[]> {
      const rows = await run<{ account_id: string }>(
        'select distinct account_id from chats where account_id <> all($1::bigint[])',
        [accountIds],
      );
      return rows.map((row) => Number(row.account_id));
    },

    /** What belongs to no account of ours: events that name none or a stranger, closed alerts of the whole installation. */
    purgeOwnerless: ({ days }: { days: number }) => purgeLoose({ accountId: null, days }),
  };
}
