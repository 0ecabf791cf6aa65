import type { RunQuery } from '../with-transaction.ts';
import type { Figures } from './postings.ts';

/**
 * Counts documents into the base and out of it. The first statement holds the base's row until the transaction ends, so
 * of transactions that write side by side one counts at a time: call it last.
 */
export async function countIntoBase(
  run: RunQuery,
  { accountId, added, removed }: { accountId: number; added?: Figures; removed?: Figures | undefined },
): Promise<void> {
  await run(
    `insert into knowledge_bases as b (account_id, chunks, terms) values ($1, $2, $3::bigint - $4::bigint)
     on conflict (account_id) do update set chunks = b.chunks + excluded.chunks, terms = b.terms + excluded.terms`,
    [accountId, (added?.chunks ?? 0) - (removed?.chunks ?? 0), added?.terms ?? '0', removed?.terms ?? '0'],
  );
  const gone = removed?.lexemes ?? '{}';
  await run(
    `insert into lexicon as l (account_id, lexeme, chunks)
     select $1, lexeme collate "C", sum(chunks)
       from (select * from unnest($2::text[], $3::int[]) as a(lexeme, chunks)
              union all
             select lexeme, -chunks from unnest($4::text[], $5::int[]) as r(lexeme, chunks)) as changes
      group by 2 having sum(chunks) <> 0 order by 2
     on conflict (account_id, lexeme) do update set chunks = l.chunks + excluded.chunks`,
    [accountId, added?.lexemes ?? '{}', added?.chunksOfLexeme ?? '{}', gone, removed?.chunksOfLexeme ?? '{}'],
  );
  if (gone === '{}') return;
  await run(`delete from lexicon where account_id = $1 and lexeme = any($2::text[]) and chunks <= 0`, [
    accountId,
    gone,
  ]);
}
