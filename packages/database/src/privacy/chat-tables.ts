import type { ChatKey } from '../model.ts';
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

/**
 * How many rows of other tables go with those of a chat, by table: what was derived of a message or a reply, such as its
 * vector. Found by their references, so that the receipt of a table which comes later is complete too.
 */
export async function countDerived(
  run: RunQuery,
  { accountId, chatId }: ChatKey,
): Promise<Record<string, number>> {
  const tables = await chatTables(run);
  const references = await run<{ derived: string; origin: string; condition: string }>(
    `select d.relname as derived, o.relname as origin,
            (select string_agg(format('d.%I = o.%I', da.attname, oa.attname), ' and ')
               from unnest(c.conkey, c.confkey) as pair (derived, origin)
               join pg_attribute da on da.attrelid = c.conrelid and da.attnum = pair.derived
               join pg_attribute oa on oa.attrelid = c.confrelid and oa.attnum = pair.origin) as condition
       from pg_constraint c join pg_class d on d.oid = c.conrelid join pg_class o on o.oid = c.confrelid
      where c.contype = 'f' and c.confdeltype = 'c' and o.relnamespace = 'public'::regnamespace
        and o.relname = any($1::text[]) and not d.relname = any($1::text[])
      order by 1, 2`,
    [tables],
  );
  const counts: Record<string, number> = {};
  for (const { derived, origin, condition } of references) {
    const [row] = await run<{ count: number }>(
      `select count(*)::int as count from ${quoted(derived)} d join ${quoted(origin)} o on ${condition}
        where o.account_id = $1 and o.chat_id = $2`,
      [accountId, chatId],
    );
    if (row && row.count > 0) counts[derived] = (counts[derived] ?? 0) + row.count;
  }
  return counts;
}
