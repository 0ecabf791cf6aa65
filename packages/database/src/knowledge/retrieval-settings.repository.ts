import type { Pool } from 'pg';
import { createRunQuery } from '../with-transaction.ts';

/** Of search by meaning against search by words; only their ratio matters. */
export type RetrievalWeights = { dense: number; lexical: number };

/** What was tuned on the owner's questions. Takes effect with the next question. */
export function createRetrievalSettingsRepository(pool: Pool) {
  const runQuery = createRunQuery(pool);
  return {
    /** Undefined where nobody tuned the account. */
    weightsOf: async ({ accountId }: { accountId: number }): Promise<RetrievalWeights | undefined> => {
      const [row] = await runQuery<RetrievalWeights>(
        `select dense_weight as dense, lexical_weight as lexical from retrieval_settings where account_id = $1`,
        [accountId],
      );
      return row;
    },

    /** Neither weight may be below zero, nor both be zero: the table refuses that. */
    async saveWeights({
      accountId,
      weights,
    }: {
      accountId: number;
      weights: RetrievalWeights;
    }): Promise<void> {
      await runQuery(
        `insert into retrieval_settings (account_id, dense_weight, lexical_weight) values ($1, $2, $3)
         on conflict (account_id) do update
           set dense_weight = excluded.dense_weight, lexical_weight = excluded.lexical_weight,
               updated_at = clock_timestamp()`,
        [accountId, weights.dense, weights.lexical],
      );
    },

    /** Back to the weights that everybody has. */
    async reset({ accountId }: { accountId: number }): Promise<void> {
      await runQuery(`delete from retrieval_settings where account_id = $1`, [accountId]);
    },
  };
}
