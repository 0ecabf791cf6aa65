import { createRunQuery, type Pool } from '@avito-autoreply/database';
import type { AskedTerm } from '@avito-autoreply/rag';

/** The ten nearest by comparing all vectors of the account. */
export async function exactNearest({
  pool,
  account,
  vector,
}: {
  pool: Pool;
  account: number;
  vector: readonly number[];
}): Promise<number[]> {
  const dimensions = vector.length;
  const rows = await createRunQuery(pool)<{ chunk_id: string }>(
    `select chunk_id from chunk_embeddings where account_id = $1
      order by (embedding::halfvec(${dimensions}) <=> $2::halfvec(${dimensions})) + 0 limit 10`,
    [account, JSON.stringify(vector)],
  );
  return rows.map((row) => Number(row.chunk_id));
}

/** The ten best by BM25 over all words of the question and all their postings, as it is written in the books. */
export async function exactBm25({
  pool,
  account,
  asked,
}: {
  pool: Pool;
  account: number;
  asked: readonly AskedTerm[];
}): Promise<number[]> {
  const terms = asked.flatMap(({ slot, terms: ofSlot }) => ofSlot.map((term) => ({ slot, ...term })));
  const rows = await createRunQuery(pool)<{ chunk_id: string }>(
    `with base as (select terms::float8 / chunks as average from knowledge_bases where account_id = $1),
     best as (
       select p.chunk_id, t.slot, max(t.weight * p.frequency * 1.9
              / (p.frequency + 0.9 * (0.6 + 0.4 * p.chunk_terms / base.average))) as score
         from base, unnest($2::int[], $3::text[], $4::float8[]) as t(slot, lexeme, weight)
         join chunk_postings p on p.account_id = $1 and p.lexeme = t.lexeme
        group by p.chunk_id, t.slot)
     select chunk_id from best group by chunk_id order by sum(score) desc, chunk_id limit 10`,
    [
      account,
      terms.map(({ slot }) => slot),
      terms.map(({ lexeme }) => lexeme),
      terms.map(({ closeness, idf }) => closeness * idf),
    ],
  );
  return rows.map((row) => Number(row.chunk_id));
}
