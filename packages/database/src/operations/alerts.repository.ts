import type { Pool } from 'pg';
import { safeIntegerOrNull, storableText, toJson } from '../values.ts';
import { createRunQuery } from '../with-transaction.ts';

/** What names an alert: of each there is at most one open. */
export type AlertKey = {
  /** Null: about the installation, not about one account. */
  accountId: number | null;
  /** Stable and machine readable, such as `webhook-gone`. */
  kind: string;
  /** What of the kind, where several may be open at a time. */
  subject?: string;
};

export type NewAlert = AlertKey & {
  /** In Russian, for the owner: what is wrong and what to do. Never a buyer's text. */
  message: string;
  details?: unknown;
};

export type Alert = Required<NewAlert> & {
  alertId: string;
  /** How often it was raised. */
  count: number;
  raisedAt: Date;
  lastSeenAt: Date;
  /** Null while it is open. */
  clearedAt: Date | null;
};

type AlertRow = {
  id: string;
  account_id: string | null;
  kind: string;
  subject: string;
  message: string;
  details: unknown;
  count: number;
  raised_at: Date;
  last_seen_at: Date;
  cleared_at: Date | null;
};

const toAlert = (row: AlertRow): Alert => ({
  alertId: row.id,
  accountId: safeIntegerOrNull(row.account_id),
  kind: row.kind,
  subject: row.subject,
  message: row.message,
  details: row.details,
  count: row.count,
  raisedAt: row.raised_at,
  lastSeenAt: row.last_seen_at,
  clearedAt: row.cleared_at,
});

type ListAlerts = { accountIds: readonly number[]; limit?: number };

/** What the owner must know and mend, until it is over. Lists hold the installation's own alerts as well. */
export function createAlertsRepository(pool: Pool) {
  const run = createRunQuery(pool);
  return {
    /** Safe to repeat: while it is open only its message, details, count and time of last sight change. */
    async raise({ accountId, kind, subject = '', message, details }: NewAlert): Promise<{ isNew: boolean }> {
      const [row] = await run<{ count: number }>(
        `insert into alerts (account_id, kind, subject, message, details) values ($1, $2, $3, $4, $5)
         on conflict (account_id, kind, subject) where cleared_at is null
           do update set message = excluded.message, details = excluded.details, count = alerts.count + 1,
                         last_seen_at = clock_timestamp()
         returning count`,
        [safeIntegerOrNull(accountId), kind, storableText(subject), storableText(message), toJson(details)],
      );
      return { isNew: row?.count === 1 };
    },

    /** It is over. Returns whether it was open. */
    async clear({ accountId, kind, subject = '' }: AlertKey): Promise<boolean> {
      const rows = await run(
        `update alerts set cleared_at = clock_timestamp()
          where account_id is not distinct from $1 and kind = $2 and subject = $3 and cleared_at is null
          returning id`,
        [safeIntegerOrNull(accountId), kind, storableText(subject)],
      );
      return rows.length > 0;
    },

    /** The newest first. */
    async listOpen({ accountIds, limit = 200 }: ListAlerts): Promise<Alert[]> {
      const rows = await run<AlertRow>(
        `select * from alerts where cleared_at is null and (account_id is null or account_id = any($1))
          order by raised_at desc, id limit $2`,
        [accountIds, limit],
      );
      return rows.map(toAlert);
    },

    /** Those that are over, the latest first. */
    async listRecent({ accountIds, limit = 50 }: ListAlerts): Promise<Alert[]> {
      const rows = await run<AlertRow>(
        `select * from alerts where cleared_at is not null and (account_id is null or account_id = any($1))
          order by cleared_at desc, id limit $2`,
        [accountIds, limit],
      );
      return rows.map(toAlert);
    },

    /** How many are open of each kind. */
    async countOpen({
      accountIds,
    }: {
      accountIds: readonly number[];
    }): Promise<Array<{ kind: string; count: number }>> {
      return run<{ kind: string; count: number }>(
        `select kind, count(*)::int as count from alerts
          where cleared_at is null and (account_id is null or account_id = any($1)) group by kind order by kind`,
        [accountIds],
      );
    },
  };
}
