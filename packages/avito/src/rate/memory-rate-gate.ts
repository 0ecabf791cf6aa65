import type { Clock } from '@avito-autoreply/runtime';
import { createLanes } from './lanes.ts';
import type { RateGate } from './rate-gate.ts';

/** A gate for one account in one process. Replicas do not see each other's refusals. */
export function createMemoryRateGate({ clock }: { clock: Clock }): RateGate {
  const lanes = createLanes({ clock });
  return {
    waitMs: (lane) => lanes.limitOf(lane).waitMs,
    note: (facts) => void lanes.note(facts),
  };
}
