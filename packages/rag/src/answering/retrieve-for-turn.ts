import type { ModelCall } from '../cost/model-prices.ts';
import type { Passage } from '../retrieval/merge-neighbours.ts';
import { type PassageScores, scoresOf } from '../retrieval/passage-scores.ts';
import type { Retrieved, Retriever } from '../retrieval/retriever.ts';

/** A passage with the scores that brought it here. */
type Candidate = { passage: Passage; scores: PassageScores; foundBy: 'message' | 'rewrite' };

export type Found = Pick<
  Retrieved,
  'asked' | 'rest' | 'embeddingTokens' | 'embeddedBy' | 'meaningFailure' | 'rerankFailure' | 'leftOut'
> & {
  /** Of the reranker, one per search. */
  rerankCalls: ModelCall[];
  candidates: Candidate[];
};

/** Searches with the message as it is and as it was rewritten; what both find comes first. */
export async function retrieveForTurn({
  retriever,
  accountId,
  questions: [question, rewritten],
  itemId,
  limit,
  wholeBelow,
  mayAsk,
  signal,
}: {
  retriever: Retriever;
  accountId: number;
  questions: readonly [message: string, rewritten?: string | undefined];
  itemId?: number | undefined;
  limit: number;
  wholeBelow?: number | undefined;
  mayAsk?: ((model: string) => boolean) | undefined;
  signal?: AbortSignal | undefined;
}): Promise<Found> {
  const search = (text: string, below?: number) =>
    retriever.retrieve({ accountId, question: text, itemId, limit, wholeBelow: below, mayAsk, signal });
  if (rewritten === undefined) {
    const ofMessage = await search(question, wholeBelow);
    const { asked, rest, embeddingTokens, embeddedBy, meaningFailure, rerankFailure, leftOut } = ofMessage;
    const candidates = candidatesOf(ofMessage, 'message');
    const rerankCalls = callsOf(ofMessage);
    return {
      asked,
      rest,
      embeddingTokens,
      embeddedBy,
      meaningFailure,
      rerankFailure,
      leftOut,
      rerankCalls,
      candidates,
    };
  }
  const [ofMessage, ofRewritten] = await Promise.all([search(question), search(rewritten, wholeBelow)]);
  const candidates = interleave(
    candidatesOf(ofRewritten, 'rewrite'),
    candidatesOf(ofMessage, 'message'),
  ).slice(0, limit);
  const found = new Set(candidates.flatMap(({ passage }) => passage.chunkIds));
  return {
    // What the message lacks is what the rewrite put in, so the quotation is measured by the rewrite.
    asked: ofRewritten.asked,
    candidates,
    rest: ofRewritten.rest?.filter(({ chunkIds }) => !chunkIds.every((chunkId) => found.has(chunkId))),
    embeddingTokens: ofMessage.embeddingTokens + ofRewritten.embeddingTokens,
    embeddedBy: ofMessage.embeddedBy ?? ofRewritten.embeddedBy,
    meaningFailure: ofRewritten.meaningFailure ?? ofMessage.meaningFailure,
    rerankFailure: ofRewritten.rerankFailure ?? ofMessage.rerankFailure,
    leftOut: ofRewritten.leftOut,
    rerankCalls: [...callsOf(ofMessage), ...callsOf(ofRewritten)],
  };
}

const callsOf = ({ rerankCall }: Retrieved): ModelCall[] => (rerankCall === undefined ? [] : [rerankCall]);

const candidatesOf = (retrieved: Retrieved, foundBy: Candidate['foundBy']): Candidate[] =>
  retrieved.passages.map((passage) => ({ passage, scores: scoresOf(passage, retrieved), foundBy }));

function interleave(first: readonly Candidate[], second: readonly Candidate[]): Candidate[] {
  const merged: Candidate[] = [];
  const seen = new Set<number>();
  const length = Math.max(first.length, second.length);
  for (const candidate of Array.from({ length }, (_, index) => [first[index], second[index]]).flat()) {
    if (candidate === undefined) continue;
    const { chunkIds } = candidate.passage;
    if (chunkIds.some((chunkId) => seen.has(chunkId))) continue;
    for (const chunkId of chunkIds) seen.add(chunkId);
    merged.push(candidate);
  }
  return merged;
}
