import type { RunQuery } from '../with-transaction.ts';

// A posting has 44 bits of the chunk's id, 8 of the lexeme's frequency, 12 of the occurrences of all its lexemes.
const BYTES_PER_POSTING = 8;
const POSTING = `int8send((id << 20) | (least(cardinality(positions), 255) << 12) | least(terms, 4095))`;
/** Postings in a row at most: with the longest lexeme that there is they fit into a third of the index's page. */
const CHUNKS_PER_PART = 64;

/** Indexes the words of a document's chunks, texts in the order of the ids, and counts them into the base. */
export async function insertPostings(
  run: RunQuery,
  {
    accountId,
    documentId,
    itemId,
    chunkIds,
    texts,
  }: {
    accountId: number;
    documentId: string;
    itemId: number | null;
    chunkIds: readonly number[];
    texts: readonly string[];
  },
): Promise<void> {
  await run(
    `with vectors as materialized (
       select g.id, (g.n - 1) / ${CHUNKS_PER_PART} as part, to_tsvector('russian', g.text) as words
         from unnest($4::bigint[], $5::text[]) with ordinality as g(id, text, n)
     ), measured as materialized (
       select *, (select coalesce(sum(cardinality(positions)), 0) from unnest(words)) as terms from vectors
     ), lists as materialized (
       select w.lexeme collate "C" as lexeme, part, string_agg(${POSTING}, '') as postings
         from measured, unnest(words) as w group by 1, 2 order by 1, 2
     ), posted as (
       insert into posting_lists (account_id, lexeme, document_id, part, item_id, postings)
       select $1, lexeme, $2, part, $3, postings from lists
     ), counted as (
       insert into lexicon as l (account_id, lexeme, chunks)
       select $1, lexeme, sum(length(postings)) / ${BYTES_PER_POSTING} from lists group by lexeme order by lexeme
       on conflict (account_id, lexeme) do update set chunks = l.chunks + excluded.chunks
     ), sized as (
       update documents set terms = (select sum(terms) from measured) where id = $2
     )
     insert into knowledge_bases as b (account_id, chunks, terms)
     select $1, count(*), coalesce(sum(terms), 0) from measured
     on conflict (account_id) do update set chunks = b.chunks + excluded.chunks, terms = b.terms + excluded.terms`,
    [accountId, documentId, itemId, chunkIds, texts],
  );
}

/** Takes the words of these documents out of the index and of the base's figures. Their chunks must still be there. */
export async function removePostings(
  run: RunQuery,
  { accountId, documentIds }: { accountId: number; documentIds: readonly string[] },
): Promise<void> {
  const values = [accountId, documentIds];
  await run(
    `update knowledge_bases
        set chunks = chunks - (select count(*) from chunks where document_id = any($2::bigint[])),
            terms = terms - (select sum(terms) from documents where id = any($2::bigint[]))
      where account_id = $1`,
    values,
  );
  const words = `with words as (
    select lexeme, sum(length(postings)) / ${BYTES_PER_POSTING} as chunks from posting_lists
     where account_id = $1 and document_id = any($2::bigint[]) group by lexeme)`;
  // First the words that are in no other document, then the others.
  await run(
    `${words} delete from lexicon l using words
      where l.account_id = $1 and l.lexeme = words.lexeme and l.chunks <= words.chunks`,
    values,
  );
  await run(
    `${words} update lexicon l set chunks = l.chunks - words.chunks from words
      where l.account_id = $1 and l.lexeme = words.lexeme`,
    values,
  );
  await run(`delete from posting_lists where account_id = $1 and document_id = any($2::bigint[])`, values);
}
