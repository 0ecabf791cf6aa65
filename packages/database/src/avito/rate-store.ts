import type { Pool } from 'pg';
import { safeInteger } from '../values.ts';
import { createRunQuery } from '../with-transaction.ts';

/** What Avito told about the calls of one lane. */
type RateLimit = {
  lane: string;
  /** From now on; 0 when calls are free. */
  waitMs: number;
  /** In a row. */
  refusals: number;
};

/** The limits of one Avito account, as any process of the installation was told them. */
export function createRateStore({ pool, accountId }: { pool: Pool; accountId: number }) {
  const run = createRunQuery(pool);
  const id = safeInteger(accountId);
  return {
    load: (): Promise<RateLimit[]> =>
      run<RateLimit>(
        `select lane, refusals,
                greatest(ceil(extract(epoch from free_at - clock_timestamp()) * 1000), 0)::float8 as "waitMs"
           from avito_rate_limits where account_id = $1`,
        [id],
      ),

    /** The longer wait and the longer row of refusals win; `refusals: 0` ends the row. */
    save: async ({ lane, waitMs, refusals }: RateLimit): Promise<void> => {
      await run(
        `insert into avito_rate_limits as known (account_id, lane, free_at, refusals)
         values ($1, $2, clock_timestamp() + $3 * interval '1 millisecond', $4)
         on conflict (account_id, lane) do update
            set free_at = greatest(known.free_at, excluded.free_at),
                refusals = case when excluded.refusals = 0 then 0 else greatest(known.refusals, excluded.refusals) end,
                updated_at = clock_timestamp()`,
        [id, lane, waitMs, refusals],
      );
    },
  };
}
