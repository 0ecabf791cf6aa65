import type { RunQuery } from '../with-transaction.ts';

// Messages point to replies, sends as well; whatever else there is points to one of these.
const LAST = ['messages', 'sends', 'replies', 'chats'];

/**
 * All tables with rows of chats, in the order in which their rows can be deleted. Found in the catalogue, so that a
 * table which comes later is never forgotten.
 */
export async function chatTables(run: RunQuery): Promise<string[]> {
  const rows = await run<{ name: string }>(
    `select t.table_name as name from information_schema.tables t
      where t.table_schema = 'public' and t.table_type = 'BASE TABLE'
        and 2 = (select count(*) from information_schema.columns c
                  where c.table_schema = t.table_schema and c.table_name = t.table_name
                    and c.column_name in ('account_id', 'chat_id'))
      order by 1`,
  );
  const found = rows.map(({ name }) => name);
  return [...found.filter((name) => !LAST.includes(name)), ...LAST.filter((name) => found.includes(name))];
}

/** Table names come from the catalogue, and are quoted all the same. */
export const quoted = (table: string): string => `"${table.replaceAll('"', '""')}"`;
