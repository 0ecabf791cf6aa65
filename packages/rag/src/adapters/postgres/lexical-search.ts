import type { Pool } from 'pg';
import type { ChunkSearch } from '../../ports.ts';
import { ofOtherItems } from './item-scope.ts';
import { searchQuery } from './run-query.ts';

// Chunks are of even length, so length says little; with the usual 1.2 and 0.75, XQuAD-ru in chunks ranks 0.3 points lower.
const K1 = 0.9;
const B = 0.4;
// The chunk beside it, under the same heading, speaks for a chunk: what is asked may stand in two sentences.
const NEIGHBOUR_SHARE = 0.15;

/** BM25 over the postings; a term's weight carries its inverse document frequency. */
export function createLexicalSearch(pool: Pool): ChunkSearch['searchLexical'] {
  const query = searchQuery(pool);
  return async ({ accountId, terms, averageTerms, limit, itemId }) => {
    if (terms.length === 0) return [];
    const rows = await query<{ chunk_id: string; score: number; slots: number[] }>(SEARCH, [
      accountId,
      terms.map((term) => term.slot),
      terms.map((term) => term.lexeme),
      terms.map((term) => term.weight),
      averageTerms,
      limit,
      itemId ?? null,
    ]);
    return rows.map((row) => ({ chunkId: Number(row.chunk_id), score: row.score, slots: row.slots }));
  };
}

// OFFSET 0 keeps the join a look-up per lexeme: with stale statistics (a base that was just synced) the planner would
// otherwise read all postings of the account.
const SEARCH = `
  with best as (
    select p.chunk_id, t.slot,
           max(t.weight * p.frequency * (${K1} + 1)
               / (p.frequency + ${K1} * (1 - ${B} + ${B} * p.chunk_terms / $5::float8))) as score
      from unnest($2::int[], $3::text[], $4::float8[]) as t(slot, lexeme, weight)
     cross join lateral (select * from chunk_postings where account_id = $1 and lexeme = t.lexeme offset 0) as p
     group by p.chunk_id, t.slot
  ), ranked as (
    select chunk_id, sum(score) as score, array_agg(slot order by slot) as slots
      from best where chunk_id not in ${ofOtherItems('$7')}
     group by chunk_id order by score desc, chunk_id limit $6
  ), placed as (
    select r.*, c.document_id, c.heading, c.position, c.question is null as is_passage
      from ranked r join chunks c on c.id = r.chunk_id and c.account_id = $1
  )
  select a.chunk_id, a.score + ${NEIGHBOUR_SHARE} * coalesce(max(b.score), 0) as score, a.slots
    from placed a
    left join placed b on b.document_id = a.document_id and b.heading = a.heading
          and abs(b.position - a.position) = 1 and a.is_passage and b.is_passage
   group by a.chunk_id, a.score, a.slots order by score desc, a.chunk_id`;
