import type { Pool } from 'pg';
import { storableText } from '../values.ts';
import { createRunQuery } from '../with-transaction.ts';

/** A space that is filled in the background, and what became of it. */
export type SpaceRebuild = {
  accountId: number;
  spaceKey: string;
  isSwitching: boolean;
  state: 'waiting' | 'running' | 'done' | 'failed';
  error: { code: string; message: string } | null;
  done: number;
  total: number;
  askedAt: Date;
  endedAt: Date | null;
};

type RebuildRow = {
  account_id: string;
  space_key: string;
  is_switching: boolean;
  state: SpaceRebuild['state'];
  error_code: string | null;
  error_message: string | null;
  done: number;
  total: number;
  asked_at: Date;
  ended_at: Date | null;
};

/** A batch of vectors with all retries of its model takes less. */
const ABANDONED = "(r.state = 'running' and r.seen_at < clock_timestamp() - interval '5 minutes')";

const toRebuild = (row: RebuildRow): SpaceRebuild => ({
  accountId: Number(row.account_id),
  spaceKey: row.space_key,
  isSwitching: row.is_switching,
  state: row.state,
  error: row.error_code === null ? null : { code: row.error_code, message: row.error_message ?? '' },
  done: row.done,
  total: row.total,
  askedAt: row.asked_at,
  endedAt: row.ended_at,
});

/** Fillings of embedding spaces that a worker does for whoever asks. Times are the database's. */
export function createRebuildsRepository(pool: Pool) {
  const runQuery = createRunQuery(pool);
  return {
    /** The latest one of the account. */
    async find({ accountId }: { accountId: number }): Promise<SpaceRebuild | undefined> {
      const [row] = await runQuery<RebuildRow>(`select * from space_rebuilds where account_id = $1`, [
        accountId,
      ]);
      return row && toRebuild(row);
    },

    /** Has a worker fill the space. One that is at work goes on as it was asked for; false then. */
    async ask({
      accountId,
      spaceKey,
      isSwitching,
    }: Pick<SpaceRebuild, 'accountId' | 'spaceKey' | 'isSwitching'>): Promise<boolean> {
      const rows = await runQuery(
        `insert into space_rebuilds as r (account_id, space_key, is_switching) values ($1, $2, $3)
         on conflict (account_id) do update
           set space_key = excluded.space_key, is_switching = excluded.is_switching, state = 'waiting',
               error_code = null, error_message = null, done = 0, total = 0,
               asked_at = clock_timestamp(), seen_at = null, ended_at = null
         where r.state <> 'running' or ${ABANDONED} returning 1`,
        [accountId, spaceKey, isSwitching],
      );
      return rows.length > 0;
    },

    /** Takes one in hand that waits, or whose worker is gone. Undefined: there is none. */
    async take({
      accountIds,
      spaceKey,
    }: {
      accountIds: readonly number[];
      /** That the worker fills; undefined: as asked. */
      spaceKey: string | undefined;
    }): Promise<SpaceRebuild | undefined> {
      const [row] = await runQuery<RebuildRow>(
        `update space_rebuilds s
            set state = 'running', seen_at = clock_timestamp(), space_key = coalesce($2, s.space_key)
           from (select account_id from space_rebuilds r
                  where account_id = any($1::bigint[]) and (r.state = 'waiting' or ${ABANDONED})
                  order by asked_at limit 1 for update skip locked) next
          where s.account_id = next.account_id returning s.*`,
        [accountIds, spaceKey ?? null],
      );
      return row && toRebuild(row);
    },

    /** How far it is, and that its worker lives. */
    async progress({
      accountId,
      done,
      total,
    }: {
      accountId: number;
      done: number;
      total: number;
    }): Promise<void> {
      await runQuery(
        `update space_rebuilds set done = $2, total = $3, seen_at = clock_timestamp()
          where account_id = $1 and state = 'running'`,
        [accountId, done, total],
      );
    },

    /** Its worker ends: the next one goes on at once. */
    async putBack({ accountId }: { accountId: number }): Promise<void> {
      await runQuery(
        `update space_rebuilds set state = 'waiting' where account_id = $1 and state = 'running'`,
        [accountId],
      );
    },

    async end({
      accountId,
      error,
    }: {
      accountId: number;
      error?: { code: string; message: string } | undefined;
    }): Promise<void> {
      await runQuery(
        `update space_rebuilds
            set state = case when $2::text is null then 'done' else 'failed' end, error_code = $2,
                error_message = $3, ended_at = clock_timestamp()
          where account_id = $1`,
        [accountId, error?.code ?? null, error === undefined ? null : storableText(error.message)],
      );
    },
  };
}
