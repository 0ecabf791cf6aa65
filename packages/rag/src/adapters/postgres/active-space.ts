import type { Pool } from 'pg';
import { searchQuery } from './run-query.ts';

/** The key of the space that serves the account's questions; undefined before the first is filled. */
export type ActiveSpace = (query: { accountId: number }) => Promise<string | undefined>;

export function createActiveSpace(pool: Pool): ActiveSpace {
  const query = searchQuery(pool);
  return async ({ accountId }) => {
    const [row] = await query<{ key: string }>(
      `select s.key from knowledge_bases b join embedding_spaces s on s.id = b.space_id where b.account_id = $1`,
      [accountId],
      'rag.space',
    );
    return row?.key;
  };
}
