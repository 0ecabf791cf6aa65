import type { Clock, Logger } from '@avito-autoreply/runtime';
import { createLanes } from './lanes.ts';
import type { RateGate } from './rate-gate.ts';
import type { RateStore } from './rate-store.ts';

// While calls are made, the store is asked so often, beside them. A few queries a second cost nothing.
const REFRESH_MS = 250;
// After a pause the view is older than that, so the first call waits for a fresh one: some milliseconds …
const STALE_MS = 1_000;
// … and not more than this for a database in trouble.
const PATIENCE_MS = 100;

type SharedRateGateOptions = { store: RateStore; clock: Clock; logger: Logger };

/** True when the work is done; false when waiting for it is no longer worthwhile, though it goes on. */
async function isDoneSoon(work: Promise<void>): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const timer = setTimeout(resolve, PATIENCE_MS, false);
  const isDone = await Promise.race([work.then(() => true), promise]);
  clearTimeout(timer);
  return isDone;
}

/**
 * A gate for one account in all processes that share the store. What another process was told is known here a second
 * later at most, as long as the store answers within 100 ms; a call made while others are made waits for nothing.
 * Written is only what others must know: waits, and the end of refusals. Without the store the gate is as good as one in memory.
 */
export function createSharedRateGate({ store, clock, logger }: SharedRateGateOptions): RateGate {
  const lanes = createLanes({ clock });
  let refreshedAtMs = Number.NEGATIVE_INFINITY;
  let refresh: Promise<void> | undefined;
  let notes = 0;
  let isSlow = false;
  let isReported = false;

  const reportOnce = (error: unknown): void => {
    if (!isReported) logger.warn('limits of Avito are not shared with other processes for now', { error });
    isReported = true;
  };

  const load = async (): Promise<void> => {
    const notesBefore = notes;
    try {
      const limits = await store.load();
      isReported = false;
      for (const limit of limits) {
        // What this process was told meanwhile may not be stored yet.
        const isOutdated = notes !== notesBefore;
        lanes.learn(isOutdated ? { ...limit, refusals: lanes.limitOf(limit.lane).refusals } : limit);
      }
    } catch (error) {
      reportOnce(error);
    } finally {
      // Also after a failure: a store in trouble is not asked again by every call.
      refreshedAtMs = clock.now();
      refresh = undefined;
      isSlow = false;
    }
  };

  return {
    waitMs: async (lane) => {
      const ageMs = clock.now() - refreshedAtMs;
      if (ageMs >= REFRESH_MS) refresh ??= load();
      // One call finds out that the store is slow; the others need not.
      if (ageMs >= STALE_MS && refresh !== undefined && !isSlow) isSlow = !(await isDoneSoon(refresh));
      return lanes.limitOf(lane).waitMs;
    },
    note: async (facts) => {
      if (!lanes.note(facts)) return;
      notes += 1;
      await isDoneSoon(store.save(lanes.limitOf(facts.lane)).catch(reportOnce));
    },
  };
}
