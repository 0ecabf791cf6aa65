import { setImmediate } from 'node:timers/promises';

/** So long a server may keep everybody else waiting. */
const TURN_MS = 20;

/** Parts long work into turns, between which others get theirs, and ends it when its time is up. */
export type Turns = {
  /** Cheap: asked before each small step. */
  isTurnOver: () => boolean;
  next: () => Promise<void>;
  isTimeUp: () => boolean;
};

export function createTurns({ endsAt = Infinity }: { endsAt?: number | undefined } = {}): Turns {
  let began = performance.now();
  return {
    isTurnOver: () => performance.now() - began > TURN_MS,
    async next() {
      await setImmediate();
      began = performance.now();
    },
    isTimeUp: () => performance.now() > endsAt,
  };
}
