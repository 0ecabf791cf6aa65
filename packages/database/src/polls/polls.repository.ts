import type { Pool } from 'pg';
import type { ChatKey } from '../model.ts';
import { safeInteger } from '../values.ts';
import { createRunQuery } from '../with-transaction.ts';

/** The right to poll an account, until somebody else may have it. */
export type PollLease = { accountId: number; fence: number };

export type BegunPoll =
  /** All times are the database's. `since`: the first switch-on; `watermark`: everything before it is stored. */
  | { kind: 'go'; lease: PollLease; since: Date; watermark: Date; startedAt: Date }
  | { kind: 'busy'; freeInMs: number };

/** A chat that could not be read: everything in it before `since` is stored. */
export type UnreadChat = {
  chatId: string;
  since: Date;
  failedSince: Date;
  /** For how long it cannot be read. */
  failedForMs: number;
  problem: string;
};

/** What the catch-up poller remembers. Reading twice is harmless, so the lease only saves calls; the fence keeps the watermark honest. */
export function createPollsRepository(pool: Pool) {
  const run = createRunQuery(pool);
  return {
    /** The first poll of an account is its switch-on. */
    async beginPoll({ accountId, leaseMs }: { accountId: number; leaseMs: number }): Promise<BegunPoll> {
      await run('insert into polls (account_id) values ($1) on conflict (account_id) do nothing', [
        safeInteger(accountId),
      ]);
      const [row] = await run<{ fence: string; since: Date; watermark: Date; started_at: Date }>(
        `update polls set fence = fence + 1, leased_until = clock_timestamp() + $2 * interval '1 ms'
          where account_id = $1 and (leased_until is null or leased_until < clock_timestamp())
          returning fence, since, watermark, clock_timestamp() as started_at`,
        [accountId, leaseMs],
      );
      if (row) {
        const lease = { accountId, fence: safeInteger(row.fence) };
        return {
          kind: 'go',
          lease,
          since: row.since,
          watermark: row.watermark,
          startedAt: row.started_at,
        };
      }
      const [held] = await run<{ free_in_ms: number | null }>(
        `select greatest(0, extract(epoch from leased_until - clock_timestamp()) * 1000)::float8 as free_in_ms
           from polls where account_id = $1`,
        [accountId],
      );
      return { kind: 'busy', freeInMs: Math.ceil(held?.free_in_ms ?? 0) };
    },

    /** False when the lease ran out and another worker polls by now. */
    async extendPoll({ accountId, fence, leaseMs }: PollLease & { leaseMs: number }): Promise<boolean> {
      const rows = await run(
        `update polls set leased_until = clock_timestamp() + $3 * interval '1 ms'
          where account_id = $1 and fence = $2 returning fence`,
        [accountId, fence, leaseMs],
      );
      return rows.length > 0;
    },

    /** Ends the lease. With a watermark the poll was complete; otherwise `problem` says why not, and nothing moves. */
    async endPoll({
      accountId,
      fence,
      ...result
    }: PollLease & ({ watermark: Date } | { problem: string })): Promise<void> {
      const watermark = 'watermark' in result ? result.watermark : null;
      const problem = 'problem' in result ? result.problem : null;
      await run(
        `update polls
            set leased_until = null, problem = $4,
                watermark = greatest(watermark, coalesce($3, watermark)),
                finished_at = case when $4::text is null then clock_timestamp() else finished_at end
          where account_id = $1 and fence = $2`,
        [accountId, fence, watermark, problem],
      );
    },

    /** Of these messages, those that are neither stored nor kept as not understood. */
    async unknownMessages({
      accountId,
      messageIds,
    }: {
      accountId: number;
      messageIds: readonly string[];
    }): Promise<Set<string>> {
      const rows = await run<{ id: string }>(
        `select id from unnest($2::text[]) as wanted(id)
          where not exists (select 1 from messages where account_id = $1 and message_id = wanted.id)
            and not exists (select 1 from unrecognized_events where event_key = 'm-' || $1::text || '-' || wanted.id)`,
        [accountId, messageIds],
      );
      return new Set(rows.map(({ id }) => id));
    },

    /**
     * The message up to which each chat was read to the end, those first that were read longest ago; chats that were not read
     * yet are missing.
     */
    async polledUpTo({
      accountId,
      chatIds,
    }: {
      accountId: number;
      chatIds: readonly string[];
    }): Promise<Map<string, string>> {
      const rows = await run<{ chat_id: string; last_message_id: string }>(
        'select chat_id, last_message_id from polled_chats where account_id = $1 and chat_id = any($2) order by polled_at',
        [accountId, chatIds],
      );
      return new Map(rows.map((row) => [row.chat_id, row.last_message_id]));
    },

    async notePolled({
      accountId,
      chatId,
      lastMessageId,
    }: ChatKey & { lastMessageId: string }): Promise<void> {
      await run(
        // Of a chat that was erased, and in which nothing new was written, nothing is noted.
        `insert into polled_chats (account_id, chat_id, last_message_id)
         select $1, $2, $3
          where exists (select 1 from chats where account_id = $1 and chat_id = $2)
             or not exists (select 1 from erasure_marks
                             where account_id = $1 and hash = erasure_hash($1, 'chat', $2))
         on conflict (account_id, chat_id) do update
            set last_message_id = excluded.last_message_id, polled_at = clock_timestamp()`,
        [accountId, chatId, lastMessageId],
      );
    },

    /** Those that were tried longest ago first. */
    async unreadChats({ accountId }: { accountId: number }): Promise<UnreadChat[]> {
      const rows = await run<{
        chat_id: string;
        since: Date;
        failed_since: Date;
        failed_for_ms: number;
        problem: string;
      }>(
        `select chat_id, since, failed_since, problem,
                extract(epoch from clock_timestamp() - failed_since)::float8 * 1000 as failed_for_ms
           from unread_chats where account_id = $1 order by failed_at, chat_id`,
        [accountId],
      );
      return rows.map((row) => ({
        chatId: row.chat_id,
        since: row.since,
        failedSince: row.failed_since,
        failedForMs: row.failed_for_ms,
        problem: row.problem,
      }));
    },

    /**
     * Remembers a chat that could not be read, with the earliest `since` of all that were given. False when the account
     * has `atMost` others already: then nothing may pass it by.
     */
    async noteUnread({
      accountId,
      chatId,
      since,
      touchedAt,
      problem,
      atMost,
    }: ChatKey & {
      since: Date;
      /** When something was written there last; null where Avito does not say. */
      touchedAt: Date | null;
      problem: string;
      atMost: number;
    }): Promise<boolean> {
      const [row] = await run<{ is_safe: boolean }>(
        // Of a chat that was erased, and in which nothing new was written, nothing is noted: there is nothing to find.
        `with erased as (
           select 1 from erasure_marks
            where account_id = $1 and hash = erasure_hash($1, 'chat', $2) and erased_at >= $4::timestamptz
         ), noted as (
           insert into unread_chats (account_id, chat_id, since, problem)
           select $1, $2, $3, $5
            where not exists (select 1 from erased)
              and (exists (select 1 from unread_chats where account_id = $1 and chat_id = $2)
                   or $6 > (select count(*) from unread_chats where account_id = $1))
           on conflict (account_id, chat_id) do update
              set since = least(unread_chats.since, excluded.since), problem = excluded.problem,
                  failed_at = clock_timestamp()
           returning 1
         )
         select exists (select 1 from noted union all select 1 from erased) as is_safe`,
        [accountId, chatId, since, touchedAt, problem, atMost],
      );
      return row?.is_safe === true;
    },

    /** It was read, or there is nothing to read any more. */
    async forgetUnread({ accountId, chatId }: ChatKey): Promise<void> {
      await run('delete from unread_chats where account_id = $1 and chat_id = $2', [accountId, chatId]);
    },
  };
}
