import type { Pool } from 'pg';
import type { ChunkSearch } from '../../ports.ts';
import { ofOtherItems } from './item-scope.ts';
import { searchQuery } from './run-query.ts';

// Chunks are of even length, so length says little; with the usual 1.2 and 0.75, XQuAD-ru in chunks ranks 0.3 points lower.
const K1 = 0.9;
const B = 0.4;
// The chunk beside it, under the same heading, speaks for a chunk: what is asked may stand in two sentences.
const NEIGHBOUR_SHARE = 0.15;
/** Chunks with the best score by the leading words, whose other words are then looked up one by one. */
const CANDIDATES = 150;

/** BM25 over the postings; a term's weight carries its inverse document frequency. */
export function createLexicalSearch(pool: Pool): ChunkSearch['searchLexical'] {
  const query = searchQuery(pool);
  return async ({ accountId, terms, averageTerms, limit, itemId }) => {
    if (terms.length === 0) return [];
    type Row = { chunk_id: string; score: number; slots: number[]; is_of_item: boolean };
    const rows = await query<Row>(SEARCH, [
      accountId,
      terms.map((term) => term.slot),
      terms.map((term) => term.lexeme),
      terms.map((term) => term.weight),
      terms.map((term) => term.leads),
      averageTerms,
      limit,
      itemId ?? null,
    ]);
    return rows.map((row) => ({
      chunkId: Number(row.chunk_id),
      score: row.score,
      slots: row.slots,
      isOfItem: row.is_of_item,
    }));
  };
}

const BM25 = `t.weight * p.frequency * (${K1} + 1)
              / (p.frequency + ${K1} * (1 - ${B} + ${B} * p.chunk_terms / $6::float8))`;

// OFFSET 0 keeps the joins look-ups by key: with stale statistics (a base that was just synced) the planner would
// otherwise read all postings of the account. The listing's own chunks are candidates in any case: they are few, and in
// a large base the general ones would crowd them out.
const SEARCH = `
  with asked as (
    select * from unnest($2::int[], $3::text[], $4::float8[], $5::bool[]) as t(slot, lexeme, weight, leads)
  ), of_item as (
    select id as chunk_id from chunks where account_id = $1 and item_id = $8::bigint
  ), found as materialized (
    select p.chunk_id, t.slot, ${BM25} as score
      from asked t
     cross join lateral (select * from chunk_postings where account_id = $1 and lexeme = t.lexeme offset 0) as p
     where t.leads
  ), candidates as (
    (select chunk_id from found
      where chunk_id not in ${ofOtherItems('$8')} and chunk_id not in (select chunk_id from of_item)
      group by chunk_id order by sum(score) desc, chunk_id limit ${CANDIDATES})
    union all select chunk_id from of_item
  ), looked_up as (
    select c.chunk_id, t.slot, ${BM25} as score
      from candidates c cross join asked t
     cross join lateral (
       select * from chunk_postings where account_id = $1 and lexeme = t.lexeme and chunk_id = c.chunk_id offset 0) as p
     where not t.leads
  ), best as (
    select chunk_id, slot, max(score) as score
      from (select * from found join candidates using (chunk_id) union all select * from looked_up) as each
     group by chunk_id, slot
  ), ranked as (
    select chunk_id, sum(score) as score, array_agg(slot order by slot) as slots,
           chunk_id in (select chunk_id from of_item) as is_of_item
      from best group by chunk_id order by is_of_item desc, score desc, chunk_id limit $7
  ), placed as (
    select r.*, c.document_id, c.heading, c.position, c.question is null as is_passage
      from ranked r join chunks c on c.id = r.chunk_id and c.account_id = $1
  )
  select a.chunk_id, a.score + ${NEIGHBOUR_SHARE} * coalesce(max(b.score), 0) as score, a.slots, a.is_of_item
    from placed a
    left join placed b on b.document_id = a.document_id and b.heading = a.heading
          and abs(b.position - a.position) = 1 and a.is_passage and b.is_passage
   group by a.chunk_id, a.score, a.slots, a.is_of_item order by score desc, a.chunk_id`;
