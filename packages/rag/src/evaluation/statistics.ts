import { mean, percentile } from './metrics.ts';

const RESAMPLES = 2_000;

/** A generator with a seed: figures of the same run are the same twice. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    // mulberry32
    state = (state + 0x6d_2b_79_f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The 95 % interval of the mean by the percentile bootstrap; of paired differences, the paired bootstrap. */
export function bootstrapInterval(values: readonly number[]): { low: number; high: number } {
  if (values.length === 0) return { low: 0, high: 0 };
  const random = seededRandom(values.length);
  const means = Array.from({ length: RESAMPLES }, () =>
    mean(values.map(() => values[Math.floor(random() * values.length)] ?? 0)),
  );
  return { low: percentile(0.025, means), high: percentile(0.975, means) };
}

/** McNemar's exact two-sided test: how probable such an imbalance is if both runs were as good. */
export function mcNemar({ better, worse }: { better: number; worse: number }): number {
  const changed = better + worse;
  // Binomial coefficients in logarithms: the factorials of a few hundred do not fit into a number.
  let logChoose = 0;
  let tail = 0;
  for (let count = 0; count <= Math.min(better, worse); count += 1) {
    tail += Math.exp(logChoose - changed * Math.LN2);
    logChoose += Math.log(changed - count) - Math.log(count + 1);
  }
  return Math.min(1, 2 * tail);
}
