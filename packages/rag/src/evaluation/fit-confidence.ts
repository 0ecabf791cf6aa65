import type { ConfidenceWeights } from '../answering/confidence.ts';
import type { Evidence } from '../answering/evidence.ts';

/** What speaks for each passage that was found, and whether it is the answer. */
export type WeighedQuestion = {
  answerable: boolean;
  passages: readonly { evidence: Evidence; isRight: boolean }[];
};

/** Keeps features that are rare in the questions from being trusted without bounds; the bias is free. */
const L2 = 0.0005;
/** A wrong answer is worse than a call for a person. */
const UNANSWERABLE_COUNTS = 1.5;
// Descent with momentum: stable up to a curvature of 19, ours stays below 10 by the bounds of the features.
const STEP = 0.2;
const MOMENTUM = 0.95;
const MOST_STEPS = 20_000;
/** Below it the weights no longer change in the second decimal. */
const FLAT = 1e-5;

type Row = { features: Float64Array[]; isRight: boolean[]; counts: number };

/**
 * The weights under which the questions' outcomes are likeliest: „one of the right passages, or a person“, as a softmax
 * over the passages with calling a person at 0. Questions whose answer was not found say nothing and are left out.
 */
export function fitConfidence(questions: readonly WeighedQuestion[]): ConfidenceWeights {
  const rows = questions.flatMap(toRow);
  const total = rows.reduce((sum, { counts }) => sum + counts, 0);
  const weights = new Float64Array(NAMES.length + 1);
  const velocity = new Float64Array(weights.length);
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const gradient = gradientOf(rows, weights);
    let unrest = 0;
    for (const [at, weight] of weights.entries()) {
      const slope = (gradient[at] ?? 0) / Math.max(1, total) + (at === BIAS ? 0 : 2 * L2 * weight);
      const move = MOMENTUM * (velocity[at] ?? 0) - STEP * slope;
      velocity[at] = move;
      weights[at] = weight + move;
      // Where it is flat the descent may only be passing, where it stands still it may only be turning.
      unrest = Math.max(unrest, Math.abs(slope), Math.abs(move));
    }
    if (unrest < FLAT) break;
  }
  return toWeights(weights);
}

// The order of the features in a row, checked by the type to be all of them; the bias stands first.
const BIAS = 0;
const NAMES = Object.keys({
  sentence: 0,
  worst: 0,
  echo: 0,
  dense: 0,
  likeness: 0,
  numbers: 0,
  place: 0,
  number: 0,
  way: 0,
} satisfies Evidence) as (keyof Evidence)[];

function toRow({ answerable, passages }: WeighedQuestion): Row[] {
  if (passages.length === 0 || (answerable && passages.every(({ isRight }) => !isRight))) return [];
  return [
    {
      features: passages.map(({ evidence }) => Float64Array.of(1, ...NAMES.map((name) => evidence[name]))),
      isRight: passages.map(({ isRight }) => answerable && isRight),
      counts: answerable ? 1 : UNANSWERABLE_COUNTS,
    },
  ];
}

/** Of the summed negative log-likelihood. */
function gradientOf(rows: readonly Row[], weights: Float64Array): Float64Array {
  const gradient = new Float64Array(weights.length);
  for (const { features, isRight, counts } of rows) {
    const scores = features.map((row) => scoreOf(row, weights));
    const highest = Math.max(0, ...scores);
    const powers = scores.map((score) => Math.exp(score - highest));
    const person = Math.exp(-highest);
    const all = powers.reduce((sum, power) => sum + power, person);
    const right = powers.reduce((sum, power, at) => (isRight[at] ? sum + power : sum), 0);
    for (const [at, row] of features.entries()) {
      const power = powers[at] ?? 0;
      const wanted = isRight[at] ? power / right : 0;
      const push = counts * (power / all - wanted);
      for (let feature = 0; feature < row.length; feature += 1)
        gradient[feature] = (gradient[feature] ?? 0) + push * (row[feature] ?? 0);
    }
  }
  return gradient;
}

// A loop over numbers: it runs some hundred million times.
function scoreOf(row: Float64Array, weights: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < row.length; at += 1) sum += (row[at] ?? 0) * (weights[at] ?? 0);
  return sum;
}

function toWeights([bias = 0, ...values]: Float64Array): ConfidenceWeights {
  const entries = NAMES.map((name, at) => [name, values[at] ?? 0] as const);
  return { bias, ...(Object.fromEntries(entries) as Record<keyof Evidence, number>) };
}
