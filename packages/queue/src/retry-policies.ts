import { backoffDelay, type RetryPolicy } from '@avito-autoreply/runtime';

/** The queue is the only owner of retries inside jobs. The name travels with the job as its backoff type. */
export const retryPolicies = {
  /** About 4 hours: for what must not be lost while the database is away. */
  hours: { attempts: 60, baseMs: 1_000, maxMs: 300_000 },
  /** About 8 minutes: long enough for a model to come back, short enough for the buyer. */
  minutes: { attempts: 15, baseMs: 1_000, maxMs: 60_000 },
  /** About 15 minutes, patient from the start: Avito's limits are per minute. */
  patient: { attempts: 20, baseMs: 2_000, maxMs: 60_000 },
  /** A day, minutes apart from the start: for looks at Avito that nobody waits for. */
  day: { attempts: 100, baseMs: 60_000, maxMs: 900_000 },
  /** The scheduler rings again anyway. */
  none: { attempts: 1, baseMs: 1_000, maxMs: 1_000 },
} as const satisfies Record<string, RetryPolicy>;

export type RetryPolicyName = keyof typeof retryPolicies;

const isPolicyName = (name: string | undefined): name is RetryPolicyName =>
  name !== undefined && Object.hasOwn(retryPolicies, name);

/** How long to wait after the given number of failed attempts, in milliseconds. */
export function retryDelay({
  policy,
  attempt,
  random,
}: {
  /** As stored with the job; a name that another release used waits like `minutes`. */
  policy: string | undefined;
  attempt: number;
  random: number;
}): number {
  const { baseMs, maxMs } = retryPolicies[isPolicyName(policy) ? policy : 'minutes'];
  return backoffDelay({ attempt, baseMs, maxMs, random });
}
