import { type Backoff, backoffDelay } from './backoff.ts';
import { AppError } from './errors.ts';
import { type Sleep, sleep as realSleep } from './sleep.ts';

export type RetryPolicy = Backoff & { attempts: number };

type RetryOptions = {
  policy: RetryPolicy;
  sleep?: Sleep;
  random?: () => number;
  signal?: AbortSignal | undefined;
};

/**
 * A function over a function: runs it until it succeeds, the attempts are spent, the error is none that says
 * `isRetryable`, or the signal is aborted. Obeys `retryAfterMs` of an AppError within `maxMs`. For commands and
 * adapters only: inside a job the queue owns the retries, because layers of retries multiply.
 */
export function withRetry({
  policy,
  sleep = realSleep,
  random = Math.random,
  signal,
}: RetryOptions): <T>(run: () => Promise<T>) => Promise<T> {
  return async (run) => {
    for (let attempt = 1; ; attempt += 1) {
      signal?.throwIfAborted();
      try {
        return await run();
      } catch (error) {
        const isRetryable = error instanceof AppError && error.isRetryable;
        if (signal?.aborted || attempt >= policy.attempts || !isRetryable) throw error;
        const own = backoffDelay({ attempt, baseMs: policy.baseMs, maxMs: policy.maxMs, random: random() });
        await sleep(Math.min(Math.max(own, error.retryAfterMs ?? 0), policy.maxMs), { signal });
      }
    }
  };
}
