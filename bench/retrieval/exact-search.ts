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

const DOCUMENTS_PER_STATEMENT = 100;

/** The account's postings as the books have them: one row each, with all that the formula needs in its index. */
export async function fillPlainPostings({ pool, account }: { pool: Pool; account: number }): Promise<void> {
  const run = createRunQuery(pool);
  await run(
    `create unlogged table if not exists plain_postings (
       lexeme text collate "C", chunk_id bigint, frequency int, terms int,
       primary key (lexeme, chunk_id) include (frequency, terms))`,
  );
  const [known] = await run('select 1 from plain_postings limit 1');
  if (known !== undefined) return;
  const documents = await run<{ id: string }>('select id from documents where account_id = $1', [account]);
  const ids = documents.map(({ id }) => id);
  for (let from = 0; from < ids.length; from += DOCUMENTS_PER_STATEMENT)
    await run(
      `insert into plain_postings
       select lexeme, p >> 20, ((p >> 12) & 255)::int, (p & 4095)::int
         from posting_lists, generate_series(1, length(postings), 8) as at,
              cast(cast('x' || encode(substring(postings from at for 8), 'hex') as bit(64)) as bigint) as p
        where document_id = any($1::bigint[]) order by lexeme`,
      [ids.slice(from, from + DOCUMENTS_PER_STATEMENT)],
    );
  await run('vacuum (analyze) plain_postings');
}

/** What another word for the same weighs beside the buyer's own, where the base has that; as in the product. */
const BESIDE_KNOWN = 0.5;

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
  const terms = asked.flatMap(({ slot, kind, terms: ofSlot }) =>
    ofSlot.map(({ lexeme, closeness, idf }) => {
      const isBeside = kind === 'known' && closeness < 1;
      return { slot, lexeme, weight: closeness * idf * (isBeside ? BESIDE_KNOWN : 1) };
    }),
  );
  const rows = await createRunQuery(pool)<{ chunk_id: string }>(
    `with base as (select terms::float8 / chunks as average from knowledge_bases where account_id = $1),
     best as (
       select p.chunk_id, t.slot, max(t.weight * p.frequency * 1.9
              / (p.frequency + 0.9 * (0.6 + 0.4 * p.terms / base.average))) as score
         from base, unnest($2::int[], $3::text[], $4::float8[]) as t(slot, lexeme, weight)
         join plain_postings p on p.lexeme = t.lexeme
        group by p.chunk_id, t.slot)
     select chunk_id from best group by chunk_id order by sum(score) desc, chunk_id limit 10`,
    [
      account,
      terms.map(({ slot }) => slot),
      terms.map(({ lexeme }) => lexeme),
      terms.map(({ weight }) => weight),
    ],
  );
  return rows.map((row) => Number(row.chunk_id));
}
