import type { Pool } from 'pg';
import { safeInteger, safeIntegerOrNull, toJson } from '../values.ts';
import { createRunQuery } from '../with-transaction.ts';

export type UnrecognizedEvent = {
  eventKey: string;
  accountId: number | null;
  reason: string;
  body: unknown;
  receivedAt: Date;
};

/** Signed events that we do not understand: kept where the owner sees them. */
export function createEventsRepository(pool: Pool) {
  const run = createRunQuery(pool);
  return {
    /** Once per key; returns whether it was new. One that was erased is not kept again. */
    async keepUnrecognized(event: Omit<UnrecognizedEvent, 'receivedAt'>): Promise<boolean> {
      const rows = await run(
        `insert into unrecognized_events (event_key, account_id, reason, body)
         select $1::text, $2::bigint, $3::text, $4::jsonb
          where not exists (select 1 from erasure_marks e
                             where e.kind = 'event' and e.hash = erasure_hash(e.account_id, 'event', $1))
         on conflict (event_key) do nothing returning event_key`,
        [event.eventKey, safeIntegerOrNull(event.accountId), event.reason, toJson(event.body)],
      );
      return rows.length > 0;
    },

    /**
     * The newest first; of one account, or of any of ours together with those of nobody. Another installation may
     * share the database, and its accounts are not ours to show.
     */
    async listUnrecognized({
      limit = 100,
      ...whose
    }: ({ accountId: number } | { ofAnyOf: readonly number[] }) & {
      limit?: number | undefined;
    }): Promise<UnrecognizedEvent[]> {
      const accountIds = 'accountId' in whose ? [whose.accountId] : whose.ofAnyOf;
      const rows = await run<{
        event_key: string;
        account_id: string | null;
        reason: string;
        body: unknown;
        received_at: Date;
      }>(
        `select * from unrecognized_events
          where account_id = any($1::bigint[])
             or ($3 and (account_id is null or reason = 'unknown-account'))
          order by received_at desc, event_key limit $2`,
        [accountIds.map(safeInteger), limit, 'ofAnyOf' in whose],
      );
      return rows.map((row) => ({
        eventKey: row.event_key,
        accountId: safeIntegerOrNull(row.account_id),
        reason: row.reason,
        body: row.body,
        receivedAt: row.received_at,
      }));
    },
  };
}
