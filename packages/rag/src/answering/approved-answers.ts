import { foldForSearch } from '../text/normalize.ts';
import { withoutPoliteWords } from '../retrieval/filler-words.ts';
import type { ChunkSearch } from '../ports.ts';
import { comparedWords, differingWords, asksToLeaveOut } from './same-question.ts';

/** A pair that an operator wrote or approved: sent as it stands, without a model. */
export type ApprovedAnswer = {
  id: string;
  question: string;
  folded: string;
  answer: string;
  similarity: number;
};

/** Looks for the approved pairs whose questions are like the buyer's, the most similar first. `folded`: as they are compared. */
export type ApprovedAnswers = {
  findNear: (query: { accountId: number; folded: string }) => Promise<readonly ApprovedAnswer[]>;
};

/**
 * Trigram similarity from which two questions may be the same one. High on purpose: „есть доставка?“ and „есть доставка в
 * Казань?“ (0.68) are two questions; a typo or another ending stays above. Whether they are the same, their words say.
 */
export const MIN_APPROVED_SIMILARITY = 0.8;

/** The question as it is compared: folded, without politeness, so that „Здравствуйте, подскажите,“ makes no difference. */
export const foldApprovedQuestion = (question: string): string =>
  withoutPoliteWords(foldForSearch(question).split(' ')).join(' ');

/** Of the pair that was most like the question, or is the same one: what is kept of the look. */
export type NearestApproved = {
  id: string;
  similarity: number;
  /** By which it asks something else, however near it is written. */
  differing?: string[] | undefined;
};

/** The first of the pairs that ask what the buyer asks; else what came nearest to it. */
export async function findApproved({
  approved,
  search,
  accountId,
  question,
}: {
  approved: ApprovedAnswers | undefined;
  search: Pick<ChunkSearch, 'stem'>;
  accountId: number;
  question: string;
}): Promise<{ same?: ApprovedAnswer; nearest?: NearestApproved }> {
  const folded = foldApprovedQuestion(question);
  const found = folded === '' ? [] : ((await approved?.findNear({ accountId, folded })) ?? []);
  const written = found.filter(({ similarity }) => similarity >= MIN_APPROVED_SIMILARITY);
  const [nearest] = written;
  if (nearest === undefined) return {};
  const near = written.filter((pair) => asksToLeaveOut(pair.question) === asksToLeaveOut(question));
  const [first] = near;
  if (first === undefined)
    return { nearest: { id: nearest.id, similarity: nearest.similarity, differing: ['не'] } };
  if (first.folded === folded) return { same: first, nearest: { id: first.id, similarity: 1 } };
  const words = [...new Set([folded, ...near.map((pair) => pair.folded)].flatMap(comparedWords))];
  const stems = await search.stem({ texts: words });
  const stemsByWord = new Map(words.map((word, index) => [word, stems[index] ?? []]));
  const stemsOf = (word: string) => stemsByWord.get(word) ?? [];
  const differingFrom = (known: string) => differingWords({ asked: folded, known, stemsOf });
  const same = near.find((pair) => differingFrom(pair.folded).length === 0);
  if (same !== undefined) return { same, nearest: { id: same.id, similarity: same.similarity } };
  const { id, similarity } = first;
  return { nearest: { id, similarity, differing: differingFrom(first.folded) } };
}
