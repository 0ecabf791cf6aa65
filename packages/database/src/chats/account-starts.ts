import type { RunQuery } from '../with-transaction.ts';

/**
 * When the account was first switched on, by the database's clock: the first call stores the moment, later ones only
 * read it. Switching off and on again never moves it.
 */
export async function switchedOnAt(run: RunQuery, accountId: number): Promise<Date> {
  await run('insert into account_starts (account_id) values ($1) on conflict do nothing', [accountId]);
  const [row] = await run<{ switched_on_at: Date }>(
    'select switched_on_at from account_starts where account_id = $1',
    [accountId],
  );
  if (!row) throw new Error('a row that was just stored is not there');
  return row.switched_on_at;
}
