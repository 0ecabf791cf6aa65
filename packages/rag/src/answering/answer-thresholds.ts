import { z } from 'zod';
import { type AskedTerm, UNKNOWN_SHARE } from '../retrieval/term-weights.ts';
import { MIN_COVERAGE } from './extractive-answer.ts';

const shareOfOne = z.number().min(0).max(1);

/** When a quotation is sure enough to be sent. What an account does not set stays as it is built in. */
export const answerThresholdsSchema = z.strictObject({
  /** Share of the question that a quotation must cover. */
  minCoverage: shareOfOne.optional(),
  /** How much a word that the base has not weighs, of the weight of a rare one. */
  unknownShare: shareOfOne.optional(),
});

export type AnswerThresholds = z.output<typeof answerThresholdsSchema>;

/** The account's own thresholds, found on its questions; empty without any. */
export type ThresholdsOf = (account: { accountId: number }) => Promise<AnswerThresholds>;

/** Both thresholds: the given ones, else the built-in ones. */
export function thresholdsWith({
  minCoverage = MIN_COVERAGE,
  unknownShare = UNKNOWN_SHARE,
}: AnswerThresholds): Required<{ [Name in keyof AnswerThresholds]: number }> {
  return { minCoverage, unknownShare };
}

/** The words with unknown ones weighed otherwise. They find nothing, so only the coverage changes. */
export function weighUnknown(asked: readonly AskedTerm[], unknownShare: number): AskedTerm[] {
  const factor = unknownShare / UNKNOWN_SHARE;
  return asked.map((term) => (term.kind === 'unknown' ? { ...term, mass: term.mass * factor } : term));
}
