import { textToEmbed } from '../chunking/chunk-texts.ts';
import type { KnowledgeStore, NewChunk } from '../ports.ts';
import type { PassageEmbedder } from './embed-passages.ts';
import type { PreparedDocument } from './prepare-document.ts';

/** Embeds what the stored documents do not say already: what they say keeps its vectors. */
export async function withVectors(
  prepared: readonly PreparedDocument[],
  {
    store,
    accountId,
    passages,
  }: {
    store: KnowledgeStore;
    accountId: number;
    passages: PassageEmbedder | undefined;
  },
): Promise<readonly PreparedDocument[]> {
  if (passages === undefined) return prepared;
  const updated = prepared.filter(({ kind }) => kind === 'updated').map(({ document }) => document.sourceKey);
  const stored =
    updated.length === 0
      ? []
      : await store.chunks.listEmbedded({ accountId, spaceKey: passages.spaceKey, sourceKeys: updated });
  const known = new Set(stored.map((chunk) => `${chunk.sourceKey}\n${textToEmbed(chunk)}`));
  const isNew = (sourceKey: string) => (chunk: NewChunk) => !known.has(`${sourceKey}\n${textToEmbed(chunk)}`);
  const lacking = prepared.flatMap(({ document }) => document.chunks.filter(isNew(document.sourceKey)));
  const embedded = await passages.tryEmbed(lacking);
  if (embedded === undefined) return prepared;
  const vectors = new Map(lacking.map((chunk, index) => [chunk, embedded.vectors[index]]));
  return prepared.map(({ kind, document }) => ({
    kind,
    document: {
      ...document,
      space: embedded.space,
      chunks: document.chunks.map((chunk) => ({ ...chunk, vector: vectors.get(chunk) })),
    },
  }));
}
