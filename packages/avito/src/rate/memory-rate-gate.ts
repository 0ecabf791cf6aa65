import type { Clock } from '@avito-autoreply/runtime';
import type { RateGate, RateLane } from './rate-gate.ts';

// What a 429 without any hint asks for: a second, then two, and so on.
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 60_000;

type LaneState = { freeAtMs: number; refusals: number };

/** A gate for one account in one process. Replicas do not see each other's refusals. */
export function createMemoryRateGate({ clock }: { clock: Clock }): RateGate {
  const lanes = new Map<RateLane, LaneState>();
  const stateOf = (lane: RateLane) => lanes.get(lane) ?? { freeAtMs: 0, refusals: 0 };

  return {
    waitMs: (lane) => Math.max(stateOf(lane).freeAtMs - clock.now(), 0),
    note: ({ lane, status, retryAfterMs }) => {
      const before = stateOf(lane);
      const refusals = status === 429 ? before.refusals + 1 : 0;
      const unhinted = refusals === 0 ? 0 : Math.min(FIRST_WAIT_MS * 2 ** (refusals - 1), LONGEST_WAIT_MS);
      const waitMs = retryAfterMs ?? unhinted;
      // An answer to an earlier call may come after a refusal, and does not lift it.
      lanes.set(lane, { refusals, freeAtMs: Math.max(before.freeAtMs, clock.now() + waitMs) });
    },
  };
}
