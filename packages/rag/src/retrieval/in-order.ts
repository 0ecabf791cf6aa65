import type { StoredChunk } from '../ports.ts';

/** The chunks in the order of the ids: a store gives them in its own. */
export function inOrder(chunks: readonly StoredChunk[], chunkIds: readonly number[]): StoredChunk[] {
  const byId = new Map(chunks.map((chunk) => [chunk.chunkId, chunk]));
  return chunkIds.flatMap((chunkId) => byId.get(chunkId) ?? []);
}
