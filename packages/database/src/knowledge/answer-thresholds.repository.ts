import type { Pool } from 'pg';
import { createRunQuery } from '../with-transaction.ts';

type Thresholds = { minConfidence?: number | undefined; unknownShare?: number | undefined };
/** With the version of the weights under which they were found. */
type FoundThresholds = Thresholds & { confidenceVersion: number };

/** What tuning found on an account's own questions; everybody else has what is built in. */
export function createAnswerThresholdsRepository(pool: Pool) {
  const run = createRunQuery(pool);
  return {
    find: async ({ accountId }: { accountId: number }): Promise<FoundThresholds | undefined> => {
      const [row] = await run<{
        min_confidence: number | null;
        unknown_share: number | null;
        confidence_version: number;
      }>(
        'select min_confidence, unknown_share, confidence_version from answer_thresholds where account_id = $1',
        [accountId],
      );
      return (
        row && {
          minConfidence: row.min_confidence ?? undefined,
          unknownShare: row.unknown_share ?? undefined,
          confidenceVersion: row.confidence_version,
        }
      );
    },

    async save({
      accountId,
      thresholds: { minConfidence, unknownShare, confidenceVersion },
    }: {
      accountId: number;
      thresholds: FoundThresholds;
    }): Promise<void> {
      await run(
        `insert into answer_thresholds (account_id, min_confidence, unknown_share, confidence_version) values ($1, $2, $3, $4)
         on conflict (account_id) do update
            set min_confidence = excluded.min_confidence, unknown_share = excluded.unknown_share,
                confidence_version = excluded.confidence_version, updated_at = clock_timestamp()`,
        [accountId, minConfidence ?? null, unknownShare ?? null, confidenceVersion],
      );
    },

    /** Back to the thresholds that everybody has. */
    async reset({ accountId }: { accountId: number }): Promise<void> {
      await run('delete from answer_thresholds where account_id = $1', [accountId]);
    },
  };
}
