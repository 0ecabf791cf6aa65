import type { Pool } from 'pg';
import { safeInteger, uuidOrNull } from '../values.ts';
import { createRunQuery, withTransaction } from '../with-transaction.ts';
import { type GapPlacement, placeQuestions } from './place-questions.ts';

/** A question that nobody has looked at yet: of a reply that was no answer, or of a message that was held. */
export type UnansweredQuestion = {
  replyId: string | null;
  messageId: string | null;
  question: string;
  askedAt: Date;
};

export type GapStatus = 'open' | 'answered' | 'dismissed';

export type Gap = {
  gapId: string;
  status: GapStatus;
  /** In the wording in which it was asked most. */
  question: string;
  count: number;
  chats: number;
  /** Other wordings, the most frequent first. */
  examples: Array<{ question: string; count: number }>;
  firstSeenAt: Date;
  lastSeenAt: Date;
};

type GapRow = {
  id: string;
  status: GapStatus;
  count: number;
  chats: number;
  first_seen_at: Date;
  last_seen_at: Date;
  wordings: Array<{ question: string; count: number }>;
};

const toGap = ({ id, status, count, chats, wordings: asked, ...seen }: GapRow): Gap => ({
  gapId: id,
  status,
  question: asked[0]?.question ?? '',
  count,
  chats,
  examples: asked.slice(1),
  firstSeenAt: seen.first_seen_at,
  lastSeenAt: seen.last_seen_at,
});

/** Reasons for which a question went without an answer. A person who has the chat answers by himself. */
const REPLY_REASONS = ['not-in-base', 'partly-in-base', 'gate-refused', 'model-failed', 'budget-spent'];
const HOLD_REASONS = [...REPLY_REASONS, 'too-old', 'outside-hours', 'compose-reply-failed'];
const EXAMPLES = 5;
const ALL_WORDINGS = 200;

const UNSEEN = `
  select r.id as reply_id, null as message_id, r.question, r.created_at as asked_at
    from replies r
   where r.account_id = $1 and r.created_at > clock_timestamp() - $2 * interval '1 day'
     and r.action = 'handoff' and r.reason = any($3) and r.status <> 'cancelled'
     and not exists (select from gap_questions q where q.reply_id = r.id)
  union all
  select null, m.message_id, m.text, m.received_at
    from messages m
   where m.account_id = $1 and m.received_at > clock_timestamp() - $2 * interval '1 day'
     and m.direction = 'in' and m.decision in ('hold', 'handoff') and m.author_kind = 'buyer'
     and split_part(m.decision_reason, ':', 1) = any($4) and m.text is not null and m.reply_id is null
     and not exists (select from gap_questions q where q.account_id = m.account_id and q.message_id = m.message_id)`;

const SEEN = `
   cross join lateral (
     select count(*)::int as count, count(distinct coalesce(r.chat_id, m.chat_id))::int as chats,
            min(q.asked_at) as first_seen_at, max(q.asked_at) as last_seen_at
       from gap_questions q
       left join replies r on r.id = q.reply_id
       left join messages m on m.account_id = q.account_id and m.message_id = q.message_id
      where q.gap_id = g.id having count(*) > 0) as seen`;

const wordings = (limit: number) => `
   cross join lateral (
     select jsonb_agg(jsonb_build_object('question', w.question, 'count', w.count) order by w.count desc, w.last desc) as wordings
       from (select count(*)::int as count, max(q.asked_at) as last,
                    (array_agg(coalesce(r.question, m.text) order by q.asked_at desc))[1] as question
               from gap_questions q
               left join replies r on r.id = q.reply_id
               left join messages m on m.account_id = q.account_id and m.message_id = q.message_id
              where q.gap_id = g.id
              group by q.folded order by 1 desc, 2 desc limit ${limit}) as w) as wordings`;

/** Questions without an answer, and the gaps that they show. */
export function createGapsRepository(pool: Pool) {
  const run = createRunQuery(pool);
  return {
    /** The oldest first, of the last `days`. */
    async listUnseen({
      accountId,
      days,
      limit,
    }: {
      accountId: number;
      days: number;
      limit: number;
    }): Promise<UnansweredQuestion[]> {
      const rows = await run<{
        reply_id: string | null;
        message_id: string | null;
        question: string;
        asked_at: Date;
      }>(`select * from (${UNSEEN}) as unseen order by asked_at limit $5`, [
        safeInteger(accountId),
        days,
        REPLY_REASONS,
        HOLD_REASONS,
        limit,
      ]);
      return rows.map((row) => ({
        replyId: row.reply_id,
        messageId: row.message_id,
        question: row.question,
        askedAt: row.asked_at,
      }));
    },

    /** Each question joins the gap whose first question is most like it, or opens one. Safe to repeat. */
    place: (placement: GapPlacement): Promise<void> =>
      withTransaction(pool, (query) => placeQuestions(query, placement)),

    /** How alike the first questions of an account's gaps are by their vectors; null while there are too few to tell. */
    async vectorBackground({
      accountId,
      spaceKey,
      sample,
    }: {
      accountId: number;
      spaceKey: string;
      sample: number;
    }): Promise<{ mean: number; deviation: number; questions: number } | undefined> {
      const [row] = await run<{ mean: number | null; deviation: number | null; questions: number }>(
        `with sampled as (
           select id, embedding from gap_questions
            where account_id = $1 and is_leader and space_key = $2 order by id desc limit $3)
         select avg(1 - (a.embedding <=> b.embedding)) as mean,
                stddev_samp(1 - (a.embedding <=> b.embedding)) as deviation,
                (select count(*)::int from sampled) as questions
           from sampled a join sampled b on a.id < b.id`,
        [safeInteger(accountId), spaceKey, sample],
      );
      if (row === undefined || row.mean === null || row.deviation === null) return undefined;
      return { mean: row.mean, deviation: row.deviation, questions: row.questions };
    },

    /** The most asked first, of those asked in the last `days`. */
    async list({
      accountId,
      status = 'open',
      days,
      limit = 50,
      offset = 0,
    }: {
      accountId: number;
      status?: GapStatus | undefined;
      days: number;
      limit?: number;
      offset?: number;
    }): Promise<{ total: number; gaps: Gap[] }> {
      const asked = `select g.id, g.status, seen.* from gaps g ${SEEN}
       where g.account_id = $1 and g.status = $2
        and seen.last_seen_at > clock_timestamp() - $3 * interval '1 day'`;
      const order = 'order by g.count desc, g.last_seen_at desc, g.id';
      const values = [safeInteger(accountId), status, days];
      const [count] = await run<{ total: number }>(
        `select count(*)::int as total from (${asked}) as g`,
        values,
      );
      const rows = await run<GapRow>(
        `select g.*, wordings.wordings
           from (select * from (${asked}) as g ${order} limit $4 offset $5) as g ${wordings(EXAMPLES + 1)} ${order}`,
        [...values, limit, offset],
      );
      return { total: count?.total ?? 0, gaps: rows.map(toGap) };
    },

    async find({ accountId, gapId }: { accountId: number; gapId: string }): Promise<Gap | undefined> {
      const [row] = await run<GapRow>(
        `select g.id, g.status, seen.*, wordings.wordings from gaps g ${SEEN} ${wordings(ALL_WORDINGS)}
          where g.account_id = $1 and g.id = $2`,
        [safeInteger(accountId), uuidOrNull(gapId)],
      );
      return row && toGap(row);
    },

    /** Safe to repeat. Returns whether there is such a gap. */
    async close({
      accountId,
      gapId,
      status,
    }: {
      accountId: number;
      gapId: string;
      status: Exclude<GapStatus, 'open'>;
    }): Promise<boolean> {
      const rows = await run(
        `update gaps set status = $3, closed_at = coalesce(closed_at, clock_timestamp())
          where account_id = $1 and id = $2 returning id`,
        [safeInteger(accountId), uuidOrNull(gapId), status],
      );
      return rows.length > 0;
    },
  };
}
