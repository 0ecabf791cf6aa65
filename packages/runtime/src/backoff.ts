export type Backoff = {
  baseMs: number;
  maxMs: number;
};

/**
 * Exponential backoff with equal jitter: half of the step is kept, half is random, so that replicas which failed
 * together do not come back together and none comes back at once.
 *
 * @param attempt 1 after the first failure
 * @param random a number in [0, 1)
 * @returns milliseconds
 */
export function backoffDelay({
  attempt,
  baseMs,
  maxMs,
  random,
}: Backoff & { attempt: number; random: number }): number {
  // 2^30 exceeds every sensible bound; beyond it the power would overflow.
  const step = Math.min(maxMs, baseMs * 2 ** Math.min(Math.max(attempt - 1, 0), 30));
  return Math.round(step / 2 + (step / 2) * random);
}
