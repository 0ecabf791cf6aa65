import type { Repositories } from '@avito-autoreply/database';

/** The moment never moves, so the database is asked once per account. */
export function createSwitchedOnAt(chats: Pick<Repositories['chats'], 'switchedOnAt'>) {
  const known = new Map<number, Date>();
  return async (accountId: number): Promise<Date> => {
    const moment = known.get(accountId) ?? (await chats.switchedOnAt(accountId));
    known.set(accountId, moment);
    return moment;
  };
}
