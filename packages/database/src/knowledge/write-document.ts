import type { RunQuery } from '../with-transaction.ts';
import { safeInteger, storableText } from '../values.ts';
import { type EmbeddingSpaceRow, insertVectors, resolveSpace } from './embedding-spaces.ts';

export type NewChunk = {
  /** `Document > Heading`: searched, never shown. */
  heading: string;
  /** Set for a question-answer pair, whose answer is the content. */
  question: string | null;
  content: string;
  /** What the lexical index holds; folded by the caller in the same way as the questions. */
  searchText: string;
  /** A vector of `space`. */
  vector?: readonly number[] | undefined;
};

export type SpaceVectors = {
  space: EmbeddingSpaceRow;
  /** In the order of the chunks; undefined where a chunk has none. */
  vectors: readonly (readonly number[] | undefined)[];
};

export type NewDocument = {
  accountId: number;
  sourceKey: string;
  title: string;
  contentHash: string;
  /** What it was read from: markdown, pdf and so on. */
  kind?: string | undefined;
  /** The listing that it belongs to. */
  itemId?: number | undefined;
  chunks: readonly NewChunk[];
  space?: EmbeddingSpaceRow | undefined;
  /** Vectors of further spaces. */
  moreVectors?: readonly SpaceVectors[] | undefined;
};

/** Puts a document in the place of the one under its key. The caller holds the lock of the base. */
export async function writeDocument(run: RunQuery, document: NewDocument): Promise<void> {
  const { accountId, sourceKey, chunks, space, kind = 'text', itemId = null, moreVectors = [] } = document;
  const own = space === undefined ? [] : [{ space, vectors: chunks.map(({ vector }) => vector) }];
  const spaces: { spaceId: number; vectors: SpaceVectors['vectors'] }[] = [];
  // In statements of their own before the transaction's inserts: spaces are few and are never removed.
  for (const { space: each, vectors } of [...own, ...moreVectors])
    spaces.push({ spaceId: await resolveSpace(run, each), vectors });
  await removeChunks(run, { accountId, sourceKeys: [sourceKey] });
  const [stored] = await run<{ id: string }>(
    `insert into documents (account_id, source_key, title, content_hash, kind, item_id) values ($1, $2, $3, $4, $5, $6)
     on conflict (account_id, source_key)
       do update set title = excluded.title, content_hash = excluded.content_hash, kind = excluded.kind,
                     item_id = excluded.item_id, updated_at = now()
     returning id`,
    [accountId, sourceKey, storableText(document.title), document.contentHash, kind, itemId],
  );
  const ids = await insertChunks(run, { accountId, documentId: stored?.id ?? '', itemId, chunks });
  for (const { spaceId, vectors } of spaces) {
    const present = ids.flatMap((chunkId, index) => {
      const vector = vectors[index];
      return vector === undefined ? [] : [{ chunkId, vector }];
    });
    await insertVectors(run, { accountId, spaceId, vectors: present });
  }
}

/** Takes the chunks of these documents away, with their postings and vectors, and out of the base's figures. */
export async function removeChunks(
  run: RunQuery,
  { accountId, sourceKeys }: { accountId: number; sourceKeys: readonly string[] },
): Promise<void> {
  const known = await run<{ id: string }>(
    `select id from documents where account_id = $1 and source_key = any($2::text[])`,
    [accountId, sourceKeys],
  );
  if (known.length === 0) return;
  const values = [accountId, known.map((row) => row.id)];
  const words = `with gone as (select id from chunks where document_id = any($2::bigint[])),
     words as (select p.lexeme, count(*) as chunks, sum(p.frequency) as terms
                 from chunk_postings p join gone on gone.id = p.chunk_id group by p.lexeme)`;
  await run(
    `${words} update knowledge_bases set chunks = chunks - (select count(*) from gone),
                     terms = terms - coalesce((select sum(terms) from words), 0) where account_id = $1`,
    values,
  );
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
  await run(`delete from chunks where account_id = $1 and document_id = any($2::bigint[])`, values);
}

/** Returns the new ids in the order of the chunks. */
async function insertChunks(
  run: RunQuery,
  {
    accountId,
    documentId,
    itemId,
    chunks,
  }: { accountId: number; documentId: string; itemId: number | null; chunks: readonly NewChunk[] },
): Promise<number[]> {
  const rows = await run<{ id: string }>(
    `insert into chunks (account_id, document_id, item_id, position, heading, question, content)
     select $1, $2, $6, g.position, g.heading, g.question, g.content
       from unnest($3::text[], $4::text[], $5::text[]) with ordinality as g(heading, question, content, position)
      order by g.position returning id`,
    [
      accountId,
      documentId,
      chunks.map((chunk) => storableText(chunk.heading)),
      chunks.map((chunk) => (chunk.question === null ? null : storableText(chunk.question))),
      chunks.map((chunk) => storableText(chunk.content)),
      itemId,
    ],
  );
  const ids = rows.map((row) => safeInteger(row.id));
  await run(
    `with lexemes as (
       select g.id, l.lexeme, cardinality(l.positions) as frequency
         from unnest($2::bigint[], $3::text[]) as g(id, text), unnest(to_tsvector('russian', g.text)) as l
     ), posted as (
       insert into chunk_postings (account_id, lexeme, chunk_id, frequency, chunk_terms)
       select $1, lexeme, id, frequency, sum(frequency) over (partition by id) from lexemes
     ), counted as (
       insert into lexicon as l (account_id, lexeme, chunks)
       select $1, lexeme, count(*) from lexemes group by lexeme order by lexeme
       on conflict (account_id, lexeme) do update set chunks = l.chunks + excluded.chunks
     )
     insert into knowledge_bases as b (account_id, chunks, terms)
     select $1, cardinality($2::bigint[]), coalesce(sum(frequency), 0) from lexemes
     on conflict (account_id) do update set chunks = b.chunks + excluded.chunks, terms = b.terms + excluded.terms`,
    [accountId, ids, chunks.map((chunk) => storableText(chunk.searchText))],
  );
  return ids;
}
