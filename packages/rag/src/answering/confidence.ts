import type { Evidence } from './evidence.ts';

export type ConfidenceWeights = Record<keyof Evidence | 'bias', number>;

/**
 * Fitted on 692 answerable and 310 unanswerable questions of 19 shops (docs/evaluation.md) by `npm run fit:confidence`:
 * maximum likelihood of „one of the right passages, or a person“. The bias is 0.6 lower than fitted, so that of the
 * unanswerable some 89 % are refused: a wrong answer is worse than a call for a person.
 */
export const builtInWeights: ConfidenceWeights = {
  bias: -4.21,
  sentence: 2.72,
  worst: -2.65,
  echo: 3.23,
  dense: 2.02,
  likeness: 2.06,
  numbers: -1.16,
  place: 1.78,
  number: -1.18,
  way: 1.58,
};

/** How sure it is that a passage answers the question, from 0 to 1. */
export function confidenceOf(evidence: Evidence, weights = builtInWeights): number {
  const features = Object.entries(evidence) as [keyof Evidence, number][];
  const sum = features.reduce((total, [name, value]) => total + weights[name] * value, weights.bias);
  return 1 / (1 + Math.exp(-sum));
}
