import { foldForSearch } from '../text/normalize.ts';
import { withoutPoliteWords } from '../retrieval/filler-words.ts';

/** A pair that an operator wrote or approved: sent as it stands, without a model. */
export type ApprovedAnswer = { id: string; question: string; answer: string; similarity: number };

/** Looks for the approved pair whose question is the buyer's own; `folded` is what both sides are compared by. */
export type ApprovedAnswers = {
  findNearest: (query: { accountId: number; folded: string }) => Promise<ApprovedAnswer | undefined>;
};

/**
 * Trigram similarity from which two questions are the same one. High on purpose: „есть доставка?“ and „есть доставка в
 * Казань?“ (0.68) are two questions; a typo or another ending stays above.
 */
export const MIN_APPROVED_SIMILARITY = 0.8;

/** The question as it is compared: folded, without politeness, so that „Здравствуйте, подскажите,“ makes no difference. */
export const foldApprovedQuestion = (question: string): string =>
  withoutPoliteWords(foldForSearch(question).split(' ')).join(' ');
