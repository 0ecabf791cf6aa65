import type { Pool } from 'pg';
import type { AuthorKind, Decision, ReplyStatus, SendStatus } from '../model.ts';
import { createRunQuery } from '../with-transaction.ts';

/** Milliseconds; null where there was nothing to measure. */
export type Latency = { count: number; p50: number | null; p95: number | null; max: number | null };

export type AccountFigures = {
  messages: Array<{ authorKind: AuthorKind; decision: Decision; count: number }>;
  /** Buyers' messages that still wait for an automatic answer. */
  unanswered: number;
  replies: Record<ReplyStatus, number>;
  /** Of the replies, those that called a person. */
  handoffs: number;
  sends: Record<SendStatus, number>;
  latencies: {
    /** From a message taken in to the reply stored, for each message answered. */
    receivedToStored: Latency;
    /** From the reply stored to its first part sent, for each reply. */
    storedToSent: Latency;
    /** From a message taken in to the first part of its reply sent, for each message answered. */
    receivedToSent: Latency;
  };
};

type AccountGlanceFigures = {
  /** Buyers' messages that wait for an automatic answer. */
  waiting: number;
  /** Answers that wait for the owner. */
  drafts: number;
  /** Texts of which nobody knows whether they arrived. */
  unknownSends: number;
};

type LatencyRow = Latency & { name: 'received_to_stored' | 'stored_to_sent' | 'received_to_sent' };

/** What happened to an account's messages, counted from the rows. */
export function createFiguresRepository(pool: Pool) {
  const run = createRunQuery(pool);

  async function countByStatus(table: 'replies' | 'sends', accountId: number): Promise<Map<string, number>> {
    const rows = await run<{ status: string; count: number }>(
      `select status, count(*)::int as count from ${table} where account_id = $1 group by status`,
      [accountId],
    );
    return new Map(rows.map(({ status, count }) => [status, count]));
  }

  async function latencies(accountId: number): Promise<AccountFigures['latencies']> {
    const rows = await run<LatencyRow>(
      `with first_sent as (
         select r.id, r.created_at as stored_at, min(s.sent_at) as sent_at
           from replies r left join sends s on s.reply_id = r.id
          where r.account_id = $1 group by r.id),
       spans as (
         select 'received_to_stored' as name, f.stored_at - m.received_at as span
           from messages m join first_sent f on f.id = m.reply_id where m.account_id = $1 and m.direction = 'in'
         union all
         select 'stored_to_sent', sent_at - stored_at from first_sent
         union all
         select 'received_to_sent', f.sent_at - m.received_at
           from messages m join first_sent f on f.id = m.reply_id where m.account_id = $1 and m.direction = 'in'),
       measured as (select name, extract(epoch from span)::float8 * 1000 as ms from spans where span is not null)
       select name, count(*)::int as count, max(ms) as max,
              percentile_cont(0.5) within group (order by ms) as p50,
              percentile_cont(0.95) within group (order by ms) as p95
         from measured group by name`,
      [accountId],
    );
    const of = (name: LatencyRow['name']): Latency => {
      const row = rows.find((candidate) => candidate.name === name);
      return row
        ? { count: row.count, p50: row.p50, p95: row.p95, max: row.max }
        : { count: 0, p50: null, p95: null, max: null };
    };
    return {
      receivedToStored: of('received_to_stored'),
      storedToSent: of('stored_to_sent'),
      receivedToSent: of('received_to_sent'),
    };
  }

  return {
    /** What the owner sees first, without the latencies, for which all replies are read. */
    async glance({ accountId }: { accountId: number }): Promise<AccountGlanceFigures> {
      const [row] = await run<AccountGlanceFigures>(
        `select (select count(*)::int from messages
                  where account_id = $1 and direction = 'in' and decision = 'answer' and reply_id is null) as waiting,
                (select count(*)::int from replies where account_id = $1 and status = 'draft') as drafts,
                (select count(*)::int from sends where account_id = $1 and status = 'unknown') as "unknownSends"`,
        [accountId],
      );
      return row ?? { waiting: 0, drafts: 0, unknownSends: 0 };
    },

    async summarize({ accountId }: { accountId: number }): Promise<AccountFigures> {
      const messages = await run<{ authorKind: AuthorKind; decision: Decision; count: number }>(
        `select author_kind as "authorKind", decision, count(*)::int as count
           from messages where account_id = $1 group by 1, 2 order by 1, 2`,
        [accountId],
      );
      const [totals] = await run<{ unanswered: number; handoffs: number }>(
        `select (select count(*)::int from messages
                  where account_id = $1 and direction = 'in' and decision = 'answer' and reply_id is null) as unanswered,
                (select count(*)::int from replies where account_id = $1 and action = 'handoff') as handoffs`,
        [accountId],
      );
      const replies = await countByStatus('replies', accountId);
      const sends = await countByStatus('sends', accountId);
      const count = (counts: Map<string, number>, status: string) => counts.get(status) ?? 0;
      return {
        messages,
        unanswered: totals?.unanswered ?? 0,
        handoffs: totals?.handoffs ?? 0,
        replies: {
          draft: count(replies, 'draft'),
          stored: count(replies, 'stored'),
          sent: count(replies, 'sent'),
          failed: count(replies, 'failed'),
          cancelled: count(replies, 'cancelled'),
        },
        sends: {
          queued: count(sends, 'queued'),
          sending: count(sends, 'sending'),
          sent: count(sends, 'sent'),
          unknown: count(sends, 'unknown'),
          failed: count(sends, 'failed'),
          cancelled: count(sends, 'cancelled'),
        },
        latencies: await latencies(accountId),
      };
    },
  };
}
