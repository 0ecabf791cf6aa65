import type { Evidence } from './evidence.ts';

export type ConfidenceWeights = Record<keyof Evidence | 'bias', number>;

/** Raise it when the weights or what they weigh change: thresholds that were found before then count no more. */
export const CONFIDENCE_VERSION = 2;

/**
 * Fitted on the questions of the examples that docs/evaluation.md names, by `npm run fit:confidence`: maximum
 * likelihood of „one of the right passages, or a person“. The bias is 0.8 lower than fitted: so weights that were fitted
 * without an author's shops refuse nine of ten questions there that have no answer.
 */
export const builtInWeights: ConfidenceWeights = {
  bias: -4.62,
  sentence: 2.83,
  worst: -2.31,
  echo: 3.31,
  dense: 2.14,
  likeness: 1.81,
  numbers: -0.75,
  place: 1.78,
  number: -0.91,
  way: 1.56,
};

/** How sure it is that a passage answers the question, from 0 to 1. */
export function confidenceOf(evidence: Evidence, weights = builtInWeights): number {
  const features = Object.entries(evidence) as [keyof Evidence, number][];
  const sum = features.reduce((total, [name, value]) => total + weights[name] * value, weights.bias);
  return 1 / (1 + Math.exp(-sum));
}
