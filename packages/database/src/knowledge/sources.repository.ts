import type { Pool } from 'pg';
import { safeIntegerOrNull, storableText } from '../values.ts';
import { createRunQuery } from '../with-transaction.ts';
import type { DocumentWarning } from './write-document.ts';

type SourceState = 'new' | 'syncing' | 'synced' | 'failed';

/** A source and what became of the last look at it. */
export type KnowledgeSource = {
  sourceKey: string;
  /** A file's own kind, or `url` and `listings`, which can be read again by themselves. */
  kind: string;
  itemId: number | null;
  everyMinutes: number | null;
  nextAt: Date | null;
  state: SourceState;
  error: { code: string; message: string } | null;
  /** What of it the stored document does not say. */
  warnings: DocumentWarning[];
  /** Of the sync that is under way. */
  done: number;
  total: number;
  checkedAt: Date | null;
  /** What the server said of the page. */
  etag: string | null;
  lastModified: string | null;
};

export type SourceOutcome = {
  sourceKey: string;
  kind: string;
  itemId?: number | undefined;
  error?: { code: string; message: string } | undefined;
};

type SourceRow = {
  account_id: string;
  source_key: string;
  kind: string;
  item_id: string | null;
  every_minutes: number | null;
  next_at: Date | null;
  state: SourceState;
  error_code: string | null;
  error_message: string | null;
  warnings?: DocumentWarning[] | null;
  done: number;
  total: number;
  checked_at: Date | null;
  etag: string | null;
  last_modified: string | null;
};

type Key = { accountId: number; sourceKey: string };

/** Kinds that name where to read, so that they can be read again without anybody at hand. */
const REREAD_KINDS = ['url', 'listings'];
/** A worker that has neither ended a sync by then nor got on with it was killed. */
const ABANDONED_AFTER = "interval '30 minutes'";

const WITH_WARNINGS = `select s.*, d.warnings from knowledge_sources s
    left join documents d on d.account_id = s.account_id and d.source_key = s.source_key`;

const toSource = (row: SourceRow): KnowledgeSource => ({
  sourceKey: row.source_key,
  kind: row.kind,
  itemId: safeIntegerOrNull(row.item_id),
  everyMinutes: row.every_minutes,
  nextAt: row.next_at,
  state: row.state,
  error: row.error_code === null ? null : { code: row.error_code, message: row.error_message ?? '' },
  warnings: row.warnings ?? [],
  done: row.done,
  total: row.total,
  checkedAt: row.checked_at,
  etag: row.etag,
  lastModified: row.last_modified,
});

/** What the base is made from, with the outcome of the last sync of each. Times are the database's. */
export function createSourcesRepository(pool: Pool) {
  const runQuery = createRunQuery(pool);
  return {
    async list({ accountId }: { accountId: number }): Promise<KnowledgeSource[]> {
      const rows = await runQuery<SourceRow>(
        `${WITH_WARNINGS} where s.account_id = $1 order by s.source_key collate "C"`,
        [accountId],
      );
      return rows.map(toSource);
    },

    async find({ accountId, sourceKey }: Key): Promise<KnowledgeSource | undefined> {
      const [row] = await runQuery<SourceRow>(
        `${WITH_WARNINGS} where s.account_id = $1 and s.source_key = $2`,
        [accountId, sourceKey],
      );
      return row && toSource(row);
    },

    /** Adds a source that can be read again, or changes its rhythm; `isDueNow` has the next look take it. */
    async save({
      accountId,
      sourceKey,
      kind,
      itemId,
      everyMinutes,
      isDueNow,
    }: Key & {
      kind: string;
      itemId: number | null;
      everyMinutes: number | null;
      isDueNow: boolean;
    }): Promise<void> {
      await runQuery(
        `insert into knowledge_sources as s (account_id, source_key, kind, item_id, every_minutes, next_at)
         values ($1, $2, $3, $4, $5, case when $6 then clock_timestamp()
                 else clock_timestamp() + make_interval(mins => $5::int) end)
         on conflict (account_id, source_key) do update
           set kind = excluded.kind, item_id = excluded.item_id, every_minutes = excluded.every_minutes,
               next_at = excluded.next_at,
               -- What is known of the page was about the other listing's document.
               etag = case when s.item_id is not distinct from excluded.item_id then s.etag end,
               last_modified = case when s.item_id is not distinct from excluded.item_id then s.last_modified end`,
        [accountId, sourceKey, kind, itemId, everyMinutes, isDueNow],
      );
    },

    /** Takes one due source in hand; its next time is set at once, so nobody else takes it. Undefined: none is due. */
    async takeDue({
      accountIds,
    }: {
      accountIds: readonly number[];
    }): Promise<(KnowledgeSource & { accountId: number }) | undefined> {
      const [row] = await runQuery<SourceRow>(
        `update knowledge_sources s
            set state = 'syncing', started_at = clock_timestamp(), done = 0, total = 0,
                next_at = case when every_minutes is null then null
                          else clock_timestamp() + make_interval(mins => every_minutes) end
           from (select account_id, source_key from knowledge_sources
                  where account_id = any($1::bigint[]) and kind = any($2::text[])
                    and (next_at <= clock_timestamp()
                         or (state = 'syncing' and started_at < clock_timestamp() - ${ABANDONED_AFTER}))
                  order by next_at nulls last limit 1 for update skip locked) due
          where s.account_id = due.account_id and s.source_key = due.source_key returning s.*`,
        [accountIds, REREAD_KINDS],
      );
      return row && { ...toSource(row), accountId: Number(row.account_id) };
    },

    /** Marks one as being synced, for a command that does not wait for its time. */
    async begin({ accountId, sourceKey }: Key): Promise<void> {
      await runQuery(
        `update knowledge_sources set state = 'syncing', started_at = clock_timestamp(), done = 0, total = 0
          where account_id = $1 and source_key = $2`,
        [accountId, sourceKey],
      );
    },

    /** Its time starts anew: see takeDue. */
    async progress({
      accountId,
      sourceKey,
      done,
      total,
    }: Key & { done: number; total: number }): Promise<void> {
      await runQuery(
        `update knowledge_sources set done = $3, total = $4, started_at = clock_timestamp()
          where account_id = $1 and source_key = $2`,
        [accountId, sourceKey, done, total],
      );
    },

    /** What became of these sources just now; a new one gets its row, a known one keeps its rhythm. */
    async record({
      accountId,
      outcomes,
    }: {
      accountId: number;
      outcomes: readonly SourceOutcome[];
    }): Promise<void> {
      if (outcomes.length === 0) return;
      await runQuery(
        `insert into knowledge_sources as s
                (account_id, source_key, kind, item_id, state, error_code, error_message, checked_at)
         select $1, g.key, g.kind, g.item_id, case when g.code is null then 'synced' else 'failed' end,
                g.code, g.message, clock_timestamp()
           from unnest($2::text[], $3::text[], $4::bigint[], $5::text[], $6::text[])
                as g(key, kind, item_id, code, message)
         on conflict (account_id, source_key) do update
           set state = excluded.state, error_code = excluded.error_code, error_message = excluded.error_message,
               checked_at = excluded.checked_at,
               kind = case when s.kind = any($7::text[]) then s.kind else excluded.kind end,
               item_id = case when s.kind = any($7::text[]) then s.item_id else excluded.item_id end`,
        [
          accountId,
          outcomes.map(({ sourceKey }) => sourceKey),
          outcomes.map(({ kind }) => kind),
          outcomes.map(({ itemId }) => itemId ?? null),
          outcomes.map(({ error }) => error?.code ?? null),
          outcomes.map(({ error }) => (error === undefined ? null : storableText(error.message))),
          REREAD_KINDS,
        ],
      );
    },

    /** Keeps what the server said of a page, for asking whether it has changed. */
    async rememberVersion({
      accountId,
      sourceKey,
      etag,
      lastModified,
    }: Key & { etag: string | null; lastModified: string | null }): Promise<void> {
      await runQuery(
        `update knowledge_sources set etag = $3, last_modified = $4 where account_id = $1 and source_key = $2`,
        [accountId, sourceKey, etag, lastModified],
      );
    },

    /** Forgets these sources; their documents are the caller's. Returns how many there were. */
    async forget({
      accountId,
      sourceKeys,
    }: {
      accountId: number;
      sourceKeys: readonly string[];
    }): Promise<number> {
      const rows = await runQuery(
        `delete from knowledge_sources where account_id = $1 and source_key = any($2::text[]) returning 1`,
        [accountId, sourceKeys],
      );
      return rows.length;
    },
  };
}
