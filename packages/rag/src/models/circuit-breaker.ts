import { AppError, type Clock, systemClock } from '@avito-autoreply/runtime';

type BreakerOptions = {
  /** For the error message: which endpoint rests. */
  name: string;
  /** Failures in a row that open it. */
  failures?: number | undefined;
  /** Milliseconds of the first rest; each failed trial doubles it. */
  restMs?: number | undefined;
  maxRestMs?: number | undefined;
  clock?: Clock | undefined;
};

export type CircuitBreaker = {
  /** Runs the call, or throws `model.resting` at once while the endpoint rests. */
  run: <T>(call: () => Promise<T>) => Promise<T>;
  isOpen: () => boolean;
};

const FAILURES = 3;
const REST_MS = 15_000;
const MAX_REST_MS = 300_000;

/** Only these say something about the endpoint; a rejected request or a bad answer says something about the request. */
const isOutage = (error: unknown): boolean =>
  error instanceof AppError &&
  ['model.unavailable', 'model.timeout', 'model.rate-limited', 'model.no-money'].includes(error.code);

/**
 * Spares buyers the wait for an endpoint that is known to be down: after some failures in a row calls fail at once for a
 * while; then one call at a time tries it. M. Nygard, „Release It!“, 2nd ed., ch. 5.
 */
export function createCircuitBreaker({
  name,
  failures: limit = FAILURES,
  restMs = REST_MS,
  maxRestMs = MAX_REST_MS,
  clock = systemClock,
}: BreakerOptions): CircuitBreaker {
  let failures = 0;
  let openUntil = 0;
  let rests = 0;
  let isTrying = false;

  const mustRest = () => failures >= limit && (clock.now() < openUntil || isTrying);

  const noteFailure = (error: unknown, { isTrial }: { isTrial: boolean }) => {
    if (!isOutage(error)) return;
    failures += 1;
    // One that began before it opened says nothing new: several go down together, and are one outage.
    if (failures < limit || (failures > limit && !isTrial)) return;
    const asked = error instanceof AppError ? (error.retryAfterMs ?? 0) : 0;
    openUntil = clock.now() + Math.min(maxRestMs, Math.max(asked, restMs * 2 ** rests));
    rests += 1;
  };

  return {
    isOpen: mustRest,
    async run(call) {
      if (mustRest()) {
        throw new AppError(`${name}: failed ${failures} times in a row, resting`, {
          code: 'model.resting',
          isRetryable: true,
          retryAfterMs: Math.max(0, openUntil - clock.now()),
        });
      }
      const isTrial = failures >= limit;
      if (isTrial) isTrying = true;
      try {
        const result = await call();
        failures = 0;
        rests = 0;
        return result;
      } catch (error) {
        noteFailure(error, { isTrial });
        throw error;
      } finally {
        if (isTrial) isTrying = false;
      }
    },
  };
}
