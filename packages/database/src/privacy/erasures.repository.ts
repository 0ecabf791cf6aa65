import type { Pool } from 'pg';
import type { ChatKey } from '../model.ts';
import { createRunQuery, type RunQuery, withTransaction } from '../with-transaction.ts';
import { countChat, type Counts, eraseChat, mark, quietChat } from './erase-chat.ts';
import { type ErasedIds, namesErased } from './erasure-subject.ts';

/** What was erased and when; whose it was is only a hash. */
export type ErasureReceipt = {
  erasureId: string;
  accountId: number;
  subject: 'chat' | 'author';
  subjectHash: string;
  erasedAt: Date;
  erased: ErasedFigures;
};

export type ErasedFigures = {
  /** Rows, by table. */
  tables: Counts;
  /** Jobs, by queue. */
  jobs: Counts;
  /** Jobs that were still at work after the wait: they find nothing any more, and leave nothing. */
  jobsAtWork: number;
  /** Texts whose sending had not ended after the wait: whether they arrived is not known, and they are not sent again. */
  interruptedSends: number;
};

type Bodies = { accountId: number; ids: ErasedIds };

/** The steps of an erasure, each safe to repeat. */
export function createErasuresRepository(pool: Pool) {
  const run = createRunQuery(pool);
  const inTransaction = <T>(work: (inside: RunQuery) => Promise<T>) => withTransaction(pool, work);

  return {
    /** The chats that a buyer has with the account. */
    async chatsOf({ accountId, authorId }: { accountId: number; authorId: number }): Promise<string[]> {
      const rows = await run<{ chat_id: string }>(
        `select chat_id from chats where account_id = $1 and buyer_id = $2
         union
         select chat_id from messages where account_id = $1 and author_id = $2 and author_kind = 'buyer'
         order by 1`,
        [accountId, authorId],
      );
      return rows.map((row) => row.chat_id);
    },

    quietChat: (chat: ChatKey) => inTransaction((inside) => quietChat(inside, chat)),

    /** Texts of which a POST may be under way. */
    async countSending({ accountId, chatIds }: { accountId: number; chatIds: readonly string[] }) {
      const [row] = await run<{ count: number }>(
        `select count(*)::int as count from sends
          where account_id = $1 and chat_id = any($2) and status = 'sending'`,
        [accountId, chatIds],
      );
      return row?.count ?? 0;
    },

    countChat: (chat: ChatKey): Promise<Counts> => countChat(run, chat),
    eraseChat: (chat: ChatKey): Promise<Counts> => inTransaction((inside) => eraseChat(inside, chat)),

    markAuthor: ({ accountId, authorId }: { accountId: number; authorId: number }): Promise<string> =>
      mark(run, { accountId, kind: 'author', id: String(authorId) }),

    async hashOf({ accountId, kind, id }: { accountId: number; kind: 'chat' | 'author'; id: string }) {
      const [row] = await run<{ hash: string }>('select erasure_hash($1, $2, $3) as hash', [
        accountId,
        kind,
        id,
      ]);
      if (!row) throw new Error('a select without a table returned no row');
      return row.hash;
    },

    /** Events and alerts of the account that name what is erased. Counts only, unless they are to be deleted. */
    async eraseMentions({ accountId, ids, isDryRun }: Bodies & { isDryRun: boolean }): Promise<Counts> {
      const events = await keysNaming(
        `select event_key as key, body as value from unrecognized_events
          where (account_id = $1 or account_id is null) and event_key > $2 order by event_key limit $3`,
        { accountId, ids },
      );
      const alerts = await keysNaming(
        `select id::text as key, jsonb_build_array(details, to_jsonb(regexp_split_to_array(subject || ' ' || message, '[^A-Za-z0-9~_-]+'))) as value
           from alerts where (account_id = $1 or account_id is null) and id::text > $2 order by id::text limit $3`,
        { accountId, ids },
      );
      if (!isDryRun) {
        for (const key of events) {
          await inTransaction(async (inside) => {
            await mark(inside, { accountId, kind: 'event', id: key });
            await inside('delete from unrecognized_events where event_key = $1', [key]);
          });
        }
        await run('delete from alerts where id = any($1::uuid[])', [alerts]);
      }
      return {
        ...(events.length > 0 ? { unrecognized_events: events.length } : {}),
        ...(alerts.length > 0 ? { alerts: alerts.length } : {}),
      };
    },

    async keepReceipt({
      accountId,
      subject,
      subjectHash,
      erased,
    }: Omit<ErasureReceipt, 'erasureId' | 'erasedAt'>): Promise<ErasureReceipt> {
      const [row] = await run<{ id: string; erased_at: Date }>(
        `insert into erasures (account_id, subject, subject_hash, erased, erased_at)
         values ($1, $2, $3, $4, clock_timestamp()) returning id, erased_at`,
        [accountId, subject, subjectHash, JSON.stringify(erased)],
      );
      if (!row) throw new Error('an insert returned no row');
      return { erasureId: row.id, accountId, subject, subjectHash, erasedAt: row.erased_at, erased };
    },
  };

  /** Page by page: bodies may be large. */
  async function keysNaming(sql: string, { accountId, ids }: Bodies): Promise<string[]> {
    const found: string[] = [];
    let after = '';
    for (;;) {
      const rows = await run<{ key: string; value: unknown }>(sql, [accountId, after, PAGE]);
      found.push(...rows.filter(({ value }) => namesErased(value, ids)).map(({ key }) => key));
      const last = rows.at(-1);
      if (last === undefined || rows.length < PAGE) return found;
      after = last.key;
    }
  }
}

const PAGE = 500;

export type ErasuresRepository = ReturnType<typeof createErasuresRepository>;
