import type { Evidence } from './evidence.ts';

export type ConfidenceWeights = Record<keyof Evidence | 'bias', number>;

/**
 * Fitted on 250 answerable and 129 unanswerable questions of five shops (docs/evaluation.md), by maximum likelihood of
 * „one of the right passages, or a person“ (softmax with calling a person at 0, L2 0.003, the unanswerable counted one
 * and a half times; `npm run fit:confidence` does so anew); the bias is 0.8 lower than fitted, for fewer wrong
 * answers since the lexicon knows more words.
 */
export const builtInWeights: ConfidenceWeights = {
  bias: -3.65,
  coverage: 2.14,
  subject: 0.7,
  sentence: 2.42,
  found: 0.9,
  apart: -0.67,
  worst: -0.97,
  foreign: -1.2,
  untold: -0.63,
};

/** How sure it is that a passage answers the question, from 0 to 1. */
export function confidenceOf(evidence: Evidence, weights = builtInWeights): number {
  const features = Object.entries(evidence) as [keyof Evidence, number][];
  const sum = features.reduce((total, [name, value]) => total + weights[name] * value, weights.bias);
  return 1 / (1 + Math.exp(-sum));
}
