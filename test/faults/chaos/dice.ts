import { createRandom } from '../../../apps/simulator/src/random.ts';

/** Seeded choices. Each name has its own sequence, so that one more throw here changes nothing there. */
export function createDice(seed: string, name: string) {
  const random = createRandom(`${seed}:${name}`);
  return {
    random,
    chance: (probability: number): boolean => random() < probability,
    between: (from: number, to: number): number => Math.round(from + random() * (to - from)),
    /** Whole, from 0 up to but not including `count`. */
    below: (count: number): number => Math.floor(random() * count),
    /** Waiting time until the next of events that come every `mean` on average, and independently. */
    wait: (mean: number): number => Math.round(-Math.log(1 - random()) * mean),
  };
}

export type Dice = ReturnType<typeof createDice>;
