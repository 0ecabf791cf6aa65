import type { RunQuery } from '../with-transaction.ts';

// A posting has 44 bits of the chunk's id, 8 of the lexeme's frequency, 12 of the occurrences of all its lexemes.
const BYTES_PER_POSTING = 8;
const POSTING = `int8send((id << 20) | (least(cardinality(positions), 255) << 12) | least(terms, 4095))`;
/** Postings in a row at most: with the longest lexeme that there is they fit into a third of the index's page. */
const CHUNKS_PER_PART = 64;

/** What documents add to the figures of their base. */
export type Figures = {
  chunks: number;
  /** Occurrences of lexemes in all chunks. */
  terms: string;
  /** Arrays as Postgres writes them, to be handed back as they are: the lexemes, and in how many chunks each stands. */
  lexemes: string;
  chunksOfLexeme: string;
};

type FiguresRow = { chunks: string; terms: string; lexemes: string; chunks_of_lexeme: string };

const toFigures = (row: FiguresRow | undefined): Figures => ({
  chunks: Number(row?.chunks ?? 0),
  terms: row?.terms ?? '0',
  lexemes: row?.lexemes ?? '{}',
  chunksOfLexeme: row?.chunks_of_lexeme ?? '{}',
});

/** Of `lists` with lexeme and postings. */
const WORDS = `coalesce(array_agg(lexeme)::text, '{}') as lexemes, coalesce(array_agg(chunks)::text, '{}') as chunks_of_lexeme
     from (select lexeme, sum(length(postings)) / ${BYTES_PER_POSTING} as chunks from lists group by lexeme) as words`;

/** Indexes the words of a document's chunks, texts in the order of the ids. */
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
): Promise<Figures> {
  const [figures] = await run<FiguresRow>(
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
     ), sized as (
       update documents set terms = (select sum(terms) from measured) where id = $2
     )
     select (select count(*) from measured) as chunks, (select coalesce(sum(terms), 0) from measured) as terms, ${WORDS}`,
    [accountId, documentId, itemId, chunkIds, texts],
  );
  return toFigures(figures);
}

/** Takes the words of these documents out of the index. Their chunks must still be there. */
export async function removePostings(
  run: RunQuery,
  { accountId, documentIds }: { accountId: number; documentIds: readonly string[] },
): Promise<Figures> {
  const [figures] = await run<FiguresRow>(
    `with lists as (
       delete from posting_lists where account_id = $1 and document_id = any($2::bigint[]) returning lexeme, postings
     )
     select (select count(*) from chunks where document_id = any($2::bigint[])) as chunks,
            (select coalesce(sum(terms), 0) from documents where id = any($2::bigint[])) as terms, ${WORDS}`,
    [accountId, documentIds],
  );
  return toFigures(figures);
}
