import { type AskedTerm, UNKNOWN_SHARE } from '../retrieval/term-weights.ts';
import { MIN_COVERAGE } from './extractive-answer.ts';
import { isProperty } from './question-groups.ts';

/** Higher than where it ranks: what nobody has heard of is what a question is mostly about. */
const UNKNOWN_SHARE_OF_COVERAGE = 0.85;

/** When a quotation is sure enough to be sent. What an account does not set stays as it is built in. */
export type AnswerThresholds = {
  /** Share of the question that a quotation must cover, 0 to 1. */
  minCoverage?: number | undefined;
  /** How much a word that the base has not weighs, of the weight of a rare one, 0 to 1. */
  unknownShare?: number | undefined;
};

/** Both of them set. */
export type SetThresholds = { minCoverage: number; unknownShare: number };

/** The account's own thresholds, found on its questions; empty without any. */
export type ThresholdsOf = (account: { accountId: number }) => Promise<AnswerThresholds>;

/** Both thresholds: the given ones, else the built-in ones. */
export function thresholdsWith({
  minCoverage = MIN_COVERAGE,
  unknownShare = UNKNOWN_SHARE_OF_COVERAGE,
}: AnswerThresholds): SetThresholds {
  return { minCoverage, unknownShare };
}

/** A property counts for less than the thing that it is asked of. */
const PROPERTY_SHARE = 0.5;

/** The words as they count for the coverage: unknown ones by the threshold, properties for less than things. */
export function weighForCoverage(asked: readonly AskedTerm[], unknownShare: number): AskedTerm[] {
  return asked.map((term) => {
    const share = term.kind === 'unknown' ? unknownShare / UNKNOWN_SHARE : 1;
    return { ...term, mass: term.mass * share * (isProperty(term) ? PROPERTY_SHARE : 1) };
  });
}
