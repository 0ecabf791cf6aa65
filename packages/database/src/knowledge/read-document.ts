import { safeIntegerOrNull } from '../values.ts';
import type { RunQuery } from '../with-transaction.ts';
import type { EmbeddingSpaceRow } from './embedding-spaces.ts';
import type { DocumentWarning, SpaceVectors } from './write-document.ts';

export type StoredDocument = {
  sourceKey: string;
  title: string;
  contentHash: string;
  kind: string;
  itemId: number | null;
  chunks: { heading: string; question: string | null; content: string }[];
  warnings: DocumentWarning[];
  /** By the key of the space. */
  vectors: SpaceVectors[];
};

/** Undefined when there is none. Call it in a transaction: chunks and vectors must be of one moment. */
export async function readDocument(
  run: RunQuery,
  { accountId, sourceKey }: { accountId: number; sourceKey: string },
): Promise<StoredDocument | undefined> {
  const [document] = await run<{
    id: string;
    title: string;
    content_hash: string;
    kind: string;
    item_id: string | null;
    warnings: DocumentWarning[];
  }>(
    // The lock keeps a sync from replacing the chunks between the statements.
    `select id, title, content_hash, kind, item_id, warnings from documents
      where account_id = $1 and source_key = $2 for share`,
    [accountId, sourceKey],
  );
  if (document === undefined) return undefined;
  const chunks = await run<{ id: string; heading: string; question: string | null; content: string }>(
    `select id, heading, question, content from chunks where document_id = $1 order by position`,
    [document.id],
  );
  const rows = await run<EmbeddingSpaceRow & { chunk_id: string; embedding: string }>(
    `select s.key, s.model, s.dimensions, e.chunk_id, e.embedding::text as embedding
       from chunks c join chunk_embeddings e on e.chunk_id = c.id join embedding_spaces s on s.id = e.space_id
      where c.document_id = $1 order by s.key collate "C", c.position`,
    [document.id],
  );
  const vectors = [...Map.groupBy(rows, ({ key }) => key).values()].map((ofSpace): SpaceVectors => {
    const byChunk = new Map(ofSpace.map(({ chunk_id, embedding }) => [chunk_id, parseVector(embedding)]));
    const [{ key, model, dimensions } = { key: '', model: '', dimensions: 0 }] = ofSpace;
    return { space: { key, model, dimensions }, vectors: chunks.map(({ id }) => byChunk.get(id)) };
  });
  return {
    sourceKey,
    title: document.title,
    contentHash: document.content_hash,
    kind: document.kind,
    itemId: safeIntegerOrNull(document.item_id),
    chunks: chunks.map(({ heading, question, content }) => ({ heading, question, content })),
    warnings: document.warnings,
    vectors,
  };
}

/** `[1,2.5]`, as pgvector writes it. */
const parseVector = (text: string): number[] => text.slice(1, -1).split(',').map(Number);
