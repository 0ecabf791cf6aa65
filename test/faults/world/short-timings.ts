import type { Timings } from '../../../apps/worker/src/timings.ts';

/** For runs that must not take minutes. Longer than what they look after: a POST to the simulator takes milliseconds. */
export const shortTimings: Timings = {
  sweepEveryMs: 1_000,
  overdueMs: 4_000,
  intentTimeoutMs: 2_000,
};
