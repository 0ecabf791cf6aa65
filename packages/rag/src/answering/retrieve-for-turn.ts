import type { Passage } from '../retrieval/merge-neighbours.ts';
import type { Retrieved, Retriever } from '../retrieval/retriever.ts';

type Found = Pick<Retrieved, 'asked' | 'passages' | 'embeddingTokens'>;

/** Searches with the message as it is and as it was rewritten; what both find comes first. */
export async function retrieveForTurn({
  retriever,
  accountId,
  questions: [question, rewritten],
  limit,
  itemId,
  signal,
}: {
  retriever: Retriever;
  accountId: number;
  questions: readonly [message: string, rewritten?: string | undefined];
  limit: number;
  itemId?: number | undefined;
  signal?: AbortSignal | undefined;
}): Promise<Found> {
  const search = (text: string) => retriever.retrieve({ accountId, question: text, limit, itemId, signal });
  if (rewritten === undefined) return search(question);
  const [ofMessage, ofRewritten] = await Promise.all([search(question), search(rewritten)]);
  return {
    // What the message lacks is what the rewrite put in, so the quotation is measured by the rewrite.
    asked: ofRewritten.asked,
    passages: interleave(ofRewritten.passages, ofMessage.passages).slice(0, limit),
    embeddingTokens: ofMessage.embeddingTokens + ofRewritten.embeddingTokens,
  };
}

function interleave(first: readonly Passage[], second: readonly Passage[]): Passage[] {
  const merged: Passage[] = [];
  const seen = new Set<number>();
  const length = Math.max(first.length, second.length);
  for (const passage of Array.from({ length }, (_, index) => [first[index], second[index]]).flat()) {
    if (passage === undefined || passage.chunkIds.some((chunkId) => seen.has(chunkId))) continue;
    for (const chunkId of passage.chunkIds) seen.add(chunkId);
    merged.push(passage);
  }
  return merged;
}
