import type { RunQuery } from '../with-transaction.ts';
import { safeInteger, storableText } from '../values.ts';
import { countIntoBase } from './base-figures.ts';
import { type EmbeddingSpaceRow, insertVectors, type KnownSpace, resolveSpace } from './embedding-spaces.ts';
import { carryVectorsOver, setEmbeddedAside } from './carry-vectors-over.ts';
import { insertPostings, removePostings } from './postings.ts';

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

export type DocumentWarning = { code: string; message: string };

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
  /** What of its source was not read. */
  warnings?: readonly DocumentWarning[] | undefined;
  space?: EmbeddingSpaceRow | undefined;
  /** Vectors of further spaces. */
  moreVectors?: readonly SpaceVectors[] | undefined;
};

/**
 * Puts a document in the place of the one under its key; chunks that stay as they were keep their vectors. The caller shares the lock of the base: other documents of it may
 * be written at the same time, and this one is locked by its row from the first insert on.
 */
export async function writeDocument(run: RunQuery, document: NewDocument): Promise<void> {
  const { accountId, sourceKey, chunks, space, kind = 'text', itemId = null, moreVectors = [] } = document;
  const { warnings = [] } = document;
  const own = space === undefined ? [] : [{ space, vectors: chunks.map(({ vector }) => vector) }];
  const spaces: { known: KnownSpace; vectors: SpaceVectors['vectors'] }[] = [];
  // In statements of their own before the transaction's inserts: spaces are few and are never removed.
  for (const { space: each, vectors } of [...own, ...moreVectors])
    spaces.push({ known: await resolveSpace(run, each), vectors });
  const [stored] = await run<{ id: string; is_new: boolean }>(
    `insert into documents (account_id, source_key, title, content_hash, kind, item_id, warnings)
     values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (account_id, source_key)
       do update set title = excluded.title, content_hash = excluded.content_hash, kind = excluded.kind,
                     item_id = excluded.item_id, warnings = excluded.warnings, updated_at = now()
     returning id, xmax = 0 as is_new`,
    [
      accountId,
      sourceKey,
      storableText(document.title),
      document.contentHash,
      kind,
      itemId,
      JSON.stringify(warnings.map(({ code, message }) => ({ code, message: storableText(message) }))),
    ],
  );
  const documentId = stored?.id ?? '';
  const isNew = stored?.is_new ?? true;
  const removed = isNew ? undefined : await removePostings(run, { accountId, documentIds: [documentId] });
  const aside = isNew ? [] : await setEmbeddedAside(run, { documentId });
  const ids = await insertChunks(run, { accountId, documentId, itemId, chunks });
  for (const { known, vectors } of spaces) {
    const present = ids.flatMap((chunkId, index) => {
      const vector = vectors[index];
      return vector === undefined ? [] : [{ chunkId, vector }];
    });
    await insertVectors(run, { accountId, space: known, vectors: present });
  }
  await carryVectorsOver(run, { documentId, aside, chunks, ids });
  const texts = chunks.map(({ searchText }) => storableText(searchText));
  const added = await insertPostings(run, { accountId, documentId, itemId, chunkIds: ids, texts });
  await countIntoBase(run, { accountId, added, removed });
}

/** Removes these documents; returns how many there were. The caller holds the lock of the base. */
export async function removeDocuments(
  run: RunQuery,
  { accountId, sourceKeys }: { accountId: number; sourceKeys: readonly string[] },
): Promise<number> {
  const known = await run<{ id: string }>(
    `select id from documents where account_id = $1 and source_key = any($2::text[])`,
    [accountId, sourceKeys],
  );
  if (known.length === 0) return 0;
  const documentIds = known.map((row) => row.id);
  const removed = await removePostings(run, { accountId, documentIds });
  await run(`delete from documents where id = any($1::bigint[])`, [documentIds]);
  await countIntoBase(run, { accountId, removed });
  return known.length;
}

// A table of tens of thousands of pairs is one document; each statement stays far below the time that one may take.
const CHUNKS_PER_STATEMENT = 2_000;

type ChunkRows = {
  accountId: number;
  documentId: string;
  itemId: number | null;
  chunks: readonly NewChunk[];
};

/** Returns the new ids in the order of the chunks. */
async function insertChunks(run: RunQuery, { chunks, ...document }: ChunkRows): Promise<number[]> {
  const ids: number[] = [];
  for (let start = 0; start < chunks.length; start += CHUNKS_PER_STATEMENT) {
    const some = chunks.slice(start, start + CHUNKS_PER_STATEMENT);
    ids.push(...(await insertSome(run, { ...document, chunks: some, start })));
  }
  return ids;
}

async function insertSome(
  run: RunQuery,
  { accountId, documentId, itemId, chunks, start }: ChunkRows & { start: number },
): Promise<number[]> {
  const rows = await run<{ id: string }>(
    `insert into chunks (account_id, document_id, item_id, position, heading, question, content)
     select $1, $2, $6, $7 + g.position, g.heading, g.question, g.content
       from unnest($3::text[], $4::text[], $5::text[]) with ordinality as g(heading, question, content, position)
      order by g.position returning id`,
    [
      accountId,
      documentId,
      chunks.map((chunk) => storableText(chunk.heading)),
      chunks.map((chunk) => (chunk.question === null ? null : storableText(chunk.question))),
      chunks.map((chunk) => storableText(chunk.content)),
      itemId,
      start,
    ],
  );
  return rows.map((row) => safeInteger(row.id));
}
