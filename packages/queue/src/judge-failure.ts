import { AppError } from '@avito-autoreply/runtime';

export type Verdict =
  | { kind: 'give-up'; reason: 'not-retryable' | 'too-old' }
  | { kind: 'retry' }
  | { kind: 'delay'; delayMs: number }
  /** The job's schedule rings again by itself: nothing to retry, and nobody's failure. */
  | { kind: 'skip' };

/** A service that everything here needs is away. No job can do anything about it, so none spends its attempts on it. */
const outages = new Set(['database.unavailable', 'queue.unavailable']);
// Short beside any outage that people notice, long enough not to keep the queue busy with itself.
const OUTAGE_DELAY_MS = { least: 1_500, most: 4_500 };

/**
 * What a failed attempt means for its job. Errors that nobody classified are retried: they may be a bug or a blip, and
 * attempts bound them. A delay spends no attempt, so age is its bound.
 */
export function judgeFailure({
  error,
  ageMs,
  maxAgeMs,
  isScheduled = false,
  random = Math.random(),
}: {
  error: unknown;
  ageMs: number;
  maxAgeMs: number;
  isScheduled?: boolean;
  /** From 0 to 1: spreads those that wait for the same outage to end. */
  random?: number;
}): Verdict {
  if (error instanceof AppError && !error.isRetryable) return { kind: 'give-up', reason: 'not-retryable' };
  const isOutage = error instanceof AppError && outages.has(error.code);
  if (isOutage && isScheduled) return { kind: 'skip' };
  const { least, most } = OUTAGE_DELAY_MS;
  const asked = error instanceof AppError ? error.retryAfterMs : undefined;
  const delayMs = isOutage ? Math.round(least + random * (most - least)) : asked;
  if (ageMs + (delayMs ?? 0) >= maxAgeMs) return { kind: 'give-up', reason: 'too-old' };
  return delayMs === undefined ? { kind: 'retry' } : { kind: 'delay', delayMs };
}
