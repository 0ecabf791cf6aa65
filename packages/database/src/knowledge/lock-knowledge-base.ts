import type { RunQuery } from '../with-transaction.ts';

const KEY = `hashtextextended('knowledge-base', $1::bigint)`;

/**
 * For what concerns a base as a whole: no document of it is written meanwhile. On PGlite the lock holds nobody back, but
 * transactions queue up there anyway.
 */
export async function lockKnowledgeBase(run: RunQuery, accountId: number): Promise<void> {
  await run(`select pg_advisory_xact_lock(${KEY})`, [accountId]);
}

/** For the writer of one document: others may be written at the same time. */
export async function shareKnowledgeBase(run: RunQuery, accountId: number): Promise<void> {
  await run(`select pg_advisory_xact_lock_shared(${KEY})`, [accountId]);
}
