import type { Evidence } from './evidence.ts';

const WEIGHTS: Record<keyof Evidence, number> & { bias: number } = {
  bias: -3.1,
  coverage: 2.13,
  subject: 0.69,
  sentence: 2.48,
  pair: 0.0,
  apart: -0.75,
  worst: -0.81,
  exact: 0.0,
  hinted: 0.0,
  found: 0.94,
  missing: 0.0,
  foreign: -1.19,
  told: 0.0,
  untold: -0.58,
};

/** How sure it is that a passage answers the question, from 0 to 1. */
export function confidenceOf(evidence: Evidence): number {
  const features = Object.entries(evidence) as [keyof Evidence, number][];
  const sum = features.reduce((total, [name, value]) => total + WEIGHTS[name] * value, WEIGHTS.bias);
  return 1 / (1 + Math.exp(-sum));
}
