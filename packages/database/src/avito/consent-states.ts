import { createHash } from 'node:crypto';
import type { Pool } from 'pg';
import { safeInteger } from '../values.ts';
import { createRunQuery, withTransaction } from '../with-transaction.ts';

// Long enough to find the account's password, too short for a link that was left lying about.
const LIFETIME_MINUTES = 30;

// Whoever looks at an account's connection is handed a state, also a page that looks every second.
const KEPT_PER_ACCOUNT = 50;

const hashOf = (state: string) => createHash('sha256').update(state).digest();

type ConsentStatesOptions = { pool: Pool; accountId: number };

/** The states of consents that one account has begun, for all processes. Each is spent once, by the database's clock. */
export function createConsentStates({ pool, accountId }: ConsentStatesOptions) {
  const id = safeInteger(accountId);
  const run = createRunQuery(pool);
  return {
    /** The oldest make room. */
    keep: (state: string): Promise<void> =>
      withTransaction(pool, async (query) => {
        await query(
          `insert into avito_consent_states (account_id, state_hash, expires_at)
           values ($1, $2, clock_timestamp() + $3 * interval '1 minute')`,
          [id, hashOf(state), LIFETIME_MINUTES],
        );
        await query(
          `delete from avito_consent_states
            where account_id = $1
              and state_hash in (select state_hash from avito_consent_states where account_id = $1
                                  order by expires_at desc offset $2)`,
          [id, KEPT_PER_ACCOUNT],
        );
      }),

    /** Only the first of several who come with the same state hears that it is good. */
    spend: async (state: string): Promise<'good' | 'expired' | 'unknown'> => {
      const [row] = await run<{ is_good: boolean }>(
        `delete from avito_consent_states where account_id = $1 and state_hash = $2
         returning expires_at > clock_timestamp() as is_good`,
        [id, hashOf(state)],
      );
      if (row === undefined) return 'unknown';
      return row.is_good ? 'good' : 'expired';
    },
  };
}
