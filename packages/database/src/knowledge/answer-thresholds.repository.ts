import type { Pool } from 'pg';
import { createRunQuery } from '../with-transaction.ts';

type Thresholds = { minConfidence?: number | undefined; unknownShare?: number | undefined };

/** What tuning found on an account's own questions; everybody else has what is built in. */
export function createAnswerThresholdsRepository(pool: Pool) {
  const run = createRunQuery(pool);
  return {
    find: async ({ accountId }: { accountId: number }): Promise<Thresholds> => {
      const [row] = await run<{ min_confidence: number | null; unknown_share: number | null }>(
        'select min_confidence, unknown_share from answer_thresholds where account_id = $1',
        [accountId],
      );
      return {
        minConfidence: row?.min_confidence ?? undefined,
        unknownShare: row?.unknown_share ?? undefined,
      };
    },

    async save({ accountId, thresholds }: { accountId: number; thresholds: Thresholds }): Promise<void> {
      await run(
        `insert into answer_thresholds (account_id, min_confidence, unknown_share) values ($1, $2, $3)
         on conflict (account_id) do update
            set min_confidence = excluded.min_confidence, unknown_share = excluded.unknown_share,
                updated_at = clock_timestamp()`,
        [accountId, thresholds.minConfidence ?? null, thresholds.unknownShare ?? null],
      );
    },
  };
}
