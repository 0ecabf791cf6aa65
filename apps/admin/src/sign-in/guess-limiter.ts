import { createHash } from 'node:crypto';
import type { Clock } from '@avito-autoreply/runtime';

const WINDOW_MS = 60_000;
const MAX_GUESSES = 10;
const MAX_ADDRESSES = 10_000;

type Attempts = { untilMs: number; guesses: Set<string> };

export type GuessLimiter = {
  /** How long this address must wait before its next try; 0 when it may try now. */
  waitMs: (address: string) => number;
  failed: (attempt: { address: string; guess: string }) => void;
};

/**
 * Ten different wrong keys a minute per address. The same wrong key again is a misconfigured program, not a guess,
 * and must not lock its neighbours out. In memory: a restart forgives, and the key is long.
 */
export function createGuessLimiter({ clock }: { clock: Clock }): GuessLimiter {
  const attempts = new Map<string, Attempts>();

  const current = (address: string): Attempts | undefined => {
    const found = attempts.get(address);
    if (found === undefined || clock.now() < found.untilMs) return found;
    attempts.delete(address);
    return undefined;
  };

  return {
    waitMs: (address) => {
      const found = current(address);
      return found !== undefined && found.guesses.size >= MAX_GUESSES ? found.untilMs - clock.now() : 0;
    },
    failed: ({ address, guess }) => {
      const found = current(address) ?? { untilMs: clock.now() + WINDOW_MS, guesses: new Set() };
      found.guesses.add(createHash('sha256').update(guess).digest('base64url'));
      attempts.set(address, found);
      // The oldest goes first, so that a flood of addresses cannot eat the memory.
      const [oldest] = attempts.keys();
      if (attempts.size > MAX_ADDRESSES && oldest !== undefined) attempts.delete(oldest);
    },
  };
}
