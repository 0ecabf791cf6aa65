import type { Pool } from 'pg';
import type { ChunkSearch } from '../../ports.ts';
import { rankByBm25 } from '../../retrieval/bm25.ts';
import { searchQuery } from './run-query.ts';

// The chunk beside it, under the same heading, speaks for a chunk: what is asked may stand in two sentences.
const NEIGHBOUR_SHARE = 0.15;

type Lists = { general: Buffer | null; own: Buffer | null };

/** BM25 over all postings of the terms; a term's weight carries its inverse document frequency. */
export function createLexicalSearch(pool: Pool): ChunkSearch['searchLexical'] {
  const query = searchQuery(pool);
  return async ({ accountId, terms, averageTerms, limit, itemId }) => {
    if (terms.length === 0) return [];
    const lexemes = terms.map(({ lexeme }) => lexeme);
    const rows = await query<Lists>(POSTINGS, [accountId, lexemes, itemId ?? null], 'rag.postings');
    const rank = (scope: keyof Lists, places: number) => {
      const lists = rows.map((row, index) => ({ ...terms[index], postings: row[scope] }));
      return rankByBm25({ lists: lists.flatMap(toList), averageTerms, limit: places });
    };
    // The listing's own chunks go first: in a large base the general ones would crowd them out.
    const own = rank('own', limit);
    const ranked = [...own, ...rank('general', limit - own.length)];
    if (ranked.length === 0) return [];
    const beside = await query<{ chunk_id: string; score: number }>(
      WITH_NEIGHBOURS,
      [accountId, ranked.map(({ chunkId }) => chunkId), ranked.map(({ score }) => score)],
      'rag.neighbours',
    );
    const ofItem = new Set(own.map(({ chunkId }) => chunkId));
    return beside
      .map((row) => ({ chunkId: Number(row.chunk_id), score: row.score }))
      .map((hit) => ({ ...hit, isOfItem: ofItem.has(hit.chunkId) }));
  };
}

function toList({ slot, weight, postings }: { slot?: number; weight?: number; postings: Buffer | null }) {
  return postings === null || slot === undefined || weight === undefined ? [] : [{ slot, weight, postings }];
}

// Scores are summed up here, not there: a posting costs Postgres a hundred times what it costs us. OFFSET 0 keeps the
// join a look-up by key: with stale statistics (a base that was just synced) the planner would otherwise read all lists
// of the account.
const POSTINGS = `
  select string_agg(l.postings, '') filter (where l.item_id is null) as general,
         string_agg(l.postings, '') filter (where l.item_id is not null) as own
    from unnest($2::text[]) with ordinality as t(lexeme, n)
    left join lateral (
           select item_id, postings from posting_lists
            where account_id = $1 and lexeme = t.lexeme and (item_id is null or item_id = $3::bigint) offset 0) as l on true
   group by t.n order by t.n`;

const WITH_NEIGHBOURS = `
  with placed as (
    select r.*, c.document_id, c.heading, c.position, c.question is null as is_passage
      from unnest($2::bigint[], $3::float8[]) as r(chunk_id, score)
      join chunks c on c.id = r.chunk_id and c.account_id = $1
  )
  select a.chunk_id, a.score + ${NEIGHBOUR_SHARE} * coalesce(max(b.score), 0) as score
    from placed a
    left join placed b on b.document_id = a.document_id and b.heading = a.heading
          and abs(b.position - a.position) = 1 and a.is_passage and b.is_passage
   group by a.chunk_id, a.score order by score desc, a.chunk_id`;
