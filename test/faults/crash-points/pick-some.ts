import { createDice } from '../chaos/dice.ts';

/** A seeded sample, for where there is no time for all. */
export function pickSome<T>(all: readonly T[], { count, seed }: { count: number; seed: string }): T[] {
  const dice = createDice(seed, 'sample');
  const rest = [...all];
  return Array.from({ length: Math.min(count, rest.length) }, () =>
    rest.splice(dice.below(rest.length), 1),
  ).flat();
}
