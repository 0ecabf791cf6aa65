import { AppError } from '@avito-autoreply/runtime';

export type Verdict =
  | { kind: 'give-up'; reason: 'not-retryable' | 'too-old' }
  | { kind: 'retry' }
  | { kind: 'delay'; delayMs: number };

/**
 * What a failed attempt means for its job. Errors that nobody classified are retried: they may be a bug or a blip, and
 * attempts bound them. A delay spends no attempt, so age is its bound.
 */
export function judgeFailure({
  error,
  ageMs,
  maxAgeMs,
}: {
  error: unknown;
  ageMs: number;
  maxAgeMs: number;
}): Verdict {
  if (error instanceof AppError && !error.isRetryable) return { kind: 'give-up', reason: 'not-retryable' };
  const delayMs = error instanceof AppError ? error.retryAfterMs : undefined;
  if (ageMs + (delayMs ?? 0) >= maxAgeMs) return { kind: 'give-up', reason: 'too-old' };
  return delayMs === undefined ? { kind: 'retry' } : { kind: 'delay', delayMs };
}
