import type { Clock } from '@avito-autoreply/runtime';
import type { RateFacts } from './rate-gate.ts';
import type { RateLimit } from './rate-store.ts';

// What a 429 without any hint asks for: a second, then two, and so on.
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 60_000;

type LaneState = { freeAtMs: number; refusals: number };

/** The view that one process has of an account's lanes. */
export function createLanes({ clock }: { clock: Clock }) {
  const lanes = new Map<string, LaneState>();
  const stateOf = (lane: string) => lanes.get(lane) ?? { freeAtMs: 0, refusals: 0 };
  const limitOf = (lane: string): RateLimit => {
    const { freeAtMs, refusals } = stateOf(lane);
    return { lane, waitMs: Math.max(freeAtMs - clock.now(), 0), refusals };
  };

  return {
    limitOf,

    /** Takes in what an answer says; true when others should know: a wait, or the end of a row of refusals. */
    note: ({ lane, status, retryAfterMs }: RateFacts): boolean => {
      const before = stateOf(lane);
      const refusals = status === 429 ? before.refusals + 1 : 0;
      const unhinted = refusals === 0 ? 0 : Math.min(FIRST_WAIT_MS * 2 ** (refusals - 1), LONGEST_WAIT_MS);
      const waitMs = retryAfterMs ?? unhinted;
      // An answer to an earlier call may come after a refusal, and does not lift it.
      lanes.set(lane, { refusals, freeAtMs: Math.max(before.freeAtMs, clock.now() + waitMs) });
      return waitMs > 0 || before.refusals !== refusals;
    },

    /** Takes over what other processes told. Waits are only prolonged. */
    learn: ({ lane, waitMs, refusals }: RateLimit): void => {
      const freeAtMs = Math.max(stateOf(lane).freeAtMs, clock.now() + waitMs);
      lanes.set(lane, { refusals, freeAtMs });
    },
  };
}
