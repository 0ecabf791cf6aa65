import { randomUUID } from 'node:crypto';
import { AppError, sleep as realSleep, type Sleep } from '@avito-autoreply/runtime';
import type { Pool } from 'pg';
import { safeInteger } from '../values.ts';
import { createRunQuery, type RunQuery, withTransaction } from '../with-transaction.ts';
import { seal, unseal } from './token-cipher.ts';

export type AccountTokens = { accessToken: string; refreshToken: string; expiresAt: Date };

// Longer than a request for tokens takes at most (10 s), so that only a dead holder loses it. A transaction that waited
// for Avito would do as well, but on PGlite it would hold up everybody.
const LEASE_MS = 30_000;
const LOOK_AGAIN_MS = 100;

// Tokens travel in headers and forms, and hold no line breaks.
const BETWEEN = '\n';

type TokenStoreOptions = {
  pool: Pool;
  accountId: number;
  /** 32 bytes. */
  key: Uint8Array;
  sleep?: Sleep;
};

type Row = { sealed: string; expires_at: Date };

/**
 * The tokens of one account that its owner connected, encrypted, for all processes. Its refresh token works once, so
 * renewals run one at a time: `exclusively` waits for its turn.
 */
export function createTokenStore({ pool, accountId, key, sleep = realSleep }: TokenStoreOptions) {
  const run = createRunQuery(pool);
  const id = safeInteger(accountId);

  const read = async (query: RunQuery, lock = ''): Promise<AccountTokens | null> => {
    const [row] = await query<Row>(
      `select sealed, expires_at from avito_tokens where account_id = $1 ${lock}`,
      [id],
    );
    if (row === undefined) return null;
    const [accessToken = '', refreshToken = ''] = unseal(row.sealed, { accountId: id, key }).split(BETWEEN);
    return { accessToken, refreshToken, expiresAt: row.expires_at };
  };

  const write = async (query: RunQuery, tokens: AccountTokens): Promise<void> => {
    await query(
      `insert into avito_tokens (account_id, sealed, expires_at) values ($1, $2, $3)
       on conflict (account_id) do update
          set sealed = excluded.sealed, expires_at = excluded.expires_at, updated_at = clock_timestamp()`,
      [
        id,
        seal(`${tokens.accessToken}${BETWEEN}${tokens.refreshToken}`, { accountId: id, key }),
        tokens.expiresAt,
      ],
    );
  };

  /** `free`: there are no tokens, so there is nothing that must not be used twice. */
  const takeLease = async (owner: string): Promise<'taken' | 'held' | 'free'> => {
    const taken = await run(
      `update avito_tokens
          set lease_owner = $2, lease_until = clock_timestamp() + $3 * interval '1 millisecond'
        where account_id = $1 and (lease_until is null or lease_until < clock_timestamp())
        returning 1`,
      [id, owner, LEASE_MS],
    );
    if (taken.length > 0) return 'taken';
    const rows = await run('select 1 from avito_tokens where account_id = $1', [id]);
    return rows.length > 0 ? 'held' : 'free';
  };

  const releaseLease = (owner: string) =>
    run(
      `update avito_tokens set lease_owner = null, lease_until = null where account_id = $1 and lease_owner = $2`,
      [id, owner],
    );

  const waitForLease = async (owner: string): Promise<void> => {
    // A dead holder's lease ends in this time, so whoever finds it held after that stands behind several others.
    for (let waitedMs = 0; waitedMs < 2 * LEASE_MS; waitedMs += LOOK_AGAIN_MS) {
      if ((await takeLease(owner)) !== 'held') return;
      await sleep(LOOK_AGAIN_MS);
    }
    throw new AppError(`the tokens of account ${id} have been in renewal by another process for a minute`, {
      code: 'database.tokens-busy',
      isRetryable: true,
    });
  };

  return {
    /** Null when the account is not connected. Throws `database.wrong-token-key`. */
    load: () => read(run),

    /** With `replaces`, nothing is stored where that refresh token is not the stored one any more: a newer pair stays. */
    save: async (
      tokens: AccountTokens,
      { replaces }: { replaces?: string | undefined } = {},
    ): Promise<void> => {
      if (replaces === undefined) {
        await write(run, tokens);
        return;
      }
      await withTransaction(pool, async (query) => {
        const stored = await read(query, 'for update');
        if (stored === null || stored.refreshToken === replaces) await write(query, tokens);
      });
    },

    /** Runs the work while nobody else does. Throws `database.tokens-busy` after a minute of waiting. */
    exclusively: async <T>(work: () => Promise<T>): Promise<T> => {
      const owner = randomUUID();
      await waitForLease(owner);
      try {
        return await work();
      } finally {
        // What was done is done; a lease that cannot be given back ends by itself.
        await releaseLease(owner).catch(() => {});
      }
    },

    /** When the access token ends, without opening anything; null when the account is not connected. */
    expiresAt: async (): Promise<Date | null> => {
      const [row] = await run<Pick<Row, 'expires_at'>>(
        'select expires_at from avito_tokens where account_id = $1',
        [id],
      );
      return row?.expires_at ?? null;
    },
  };
}
