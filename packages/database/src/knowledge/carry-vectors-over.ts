import { storableText } from '../values.ts';
import type { RunQuery } from '../with-transaction.ts';

type ChunkText = { heading: string; question: string | null; content: string };
type ChunkAside = ChunkText & { id: string };

/**
 * Makes room for the new chunks of a stored document: its old ones that have vectors stay, at positions below 0, until
 * the vectors are carried over; the others go.
 */
export async function setEmbeddedAside(
  run: RunQuery,
  { documentId }: { documentId: string },
): Promise<ChunkAside[]> {
  const aside = await run<ChunkAside>(
    `update chunks set position = -1 - position
      where document_id = $1 and exists (select from chunk_embeddings e where e.chunk_id = chunks.id)
     returning id, heading, question, content`,
    [documentId],
  );
  await run(`delete from chunks where document_id = $1 and position >= 0`, [documentId]);
  return aside;
}

/** New chunks that say what an old one said get its vectors, in all spaces where they have none of their own; the old ones go. */
export async function carryVectorsOver(
  run: RunQuery,
  {
    documentId,
    aside,
    chunks,
    ids,
  }: {
    documentId: string;
    aside: readonly ChunkAside[];
    chunks: readonly ChunkText[];
    /** Of the new chunks, in their order. */
    ids: readonly number[];
  },
): Promise<void> {
  if (aside.length === 0) return;
  const known = new Map(aside.map((chunk) => [textOf(chunk), chunk.id]));
  const pairs = chunks.flatMap((chunk, index) => {
    const [from, to] = [known.get(textOf(chunk)), ids[index]];
    return from === undefined || to === undefined ? [] : [{ from, to }];
  });
  // OFFSET 0: a look-up per chunk, also by a plan that was made when the base was empty.
  await run(
    `insert into chunk_embeddings (space_id, chunk_id, account_id, embedding)
     select e.space_id, pair.id, e.account_id, e.embedding
       from unnest($1::bigint[], $2::bigint[]) as pair(old_id, id)
            cross join lateral (select * from chunk_embeddings where chunk_id = pair.old_id offset 0) as e
     on conflict (space_id, chunk_id) do nothing`,
    [pairs.map(({ from }) => from), pairs.map(({ to }) => to)],
  );
  await run(`delete from chunks where document_id = $1 and position < 0`, [documentId]);
}

const textOf = ({ heading, question, content }: ChunkText): string =>
  JSON.stringify([
    storableText(heading),
    question === null ? null : storableText(question),
    storableText(content),
  ]);
