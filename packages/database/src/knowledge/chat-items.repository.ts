import type { Pool } from 'pg';
import { safeInteger } from '../values.ts';
import { createRunQuery } from '../with-transaction.ts';

/** The listings that buyers have written about lately, as the latest chat about each tells of it. */
export function createChatItemsRepository(pool: Pool) {
  const runQuery = createRunQuery(pool);
  return {
    async list({
      accountId,
      days,
    }: {
      accountId: number;
      days: number;
    }): Promise<{ itemId: number; item: unknown }[]> {
      const rows = await runQuery<{ item_id: string; item: unknown }>(
        `select distinct on (item_id) item_id, item from chats
          where account_id = $1 and item_id is not null and item is not null
            and updated_at > clock_timestamp() - make_interval(days => $2::int)
          order by item_id, updated_at desc`,
        [accountId, days],
      );
      return rows.map(({ item_id: itemId, item }) => ({ itemId: safeInteger(itemId), item }));
    },
  };
}
