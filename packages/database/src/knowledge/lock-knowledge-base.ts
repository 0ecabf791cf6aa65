import type { RunQuery } from '../with-transaction.ts';

/**
 * One writer per knowledge base: two syncs at once would count the same words twice. On PGlite the lock holds nobody
 * back, but transactions queue up there anyway.
 */
export async function lockKnowledgeBase(run: RunQuery, accountId: number): Promise<void> {
  await run(`select pg_advisory_xact_lock(hashtextextended('knowledge-base', $1::bigint))`, [accountId]);
}
