import type { LinkFault } from '@avito-autoreply/runtime/testing';
import { createDice, type Dice } from './dice.ts';

export type ProcessName = 'ingest' | 'worker-1' | 'worker-2' | 'redis' | 'postgres';
export const linkNames = ['webhook', 'redis', 'postgres', 'avito', 'model'] as const;
export type LinkName = (typeof linkNames)[number];

export type Mishap = { atMs: number } &
  /** kill -9; started again `forMs` later. */
  (
    | { kind: 'kill'; target: ProcessName; forMs: number }
    /** SIGSTOP, and SIGCONT `forMs` later. */
    | { kind: 'pause'; target: ProcessName; forMs: number }
    | { kind: 'flush'; target: 'redis' }
    | { kind: 'link'; target: LinkName; fault: LinkFault; forMs: number }
    | { kind: 'reset-link'; target: LinkName }
    | { kind: 'expire-tokens'; target: 'avito' }
    | { kind: 'echo'; target: 'avito'; echo: 'before' | 'after' | 'off' }
    | { kind: 'model'; target: 'model'; mode: 'slow' | 'failing' | 'empty' | 'reasoning-only'; forMs: number }
  );
type Happening = Mishap extends infer Each ? (Each extends Mishap ? Omit<Each, 'atMs'> : never) : never;

type Source = {
  name: string;
  everyMs: number;
  /** At least so long between two of them. */
  restMs?: number;
  next: (dice: Dice) => Happening;
};

const pick = <T>(dice: Dice, choices: readonly [T, ...T[]]): T =>
  choices[dice.below(choices.length)] ?? choices[0];

const linkFault = (dice: Dice): LinkFault =>
  pick<LinkFault>(dice, [
    { kind: 'latency', ms: 100, jitterMs: 300 },
    { kind: 'latency', ms: 800 },
    { kind: 'bandwidth', bytesPerSecond: 20_000 },
    { kind: 'black-hole' },
    { kind: 'half-open' },
  ]);

/** What happens to one target does not overlap: a killed process is not paused. */
const sources: readonly Source[] = [
  ...(['worker-1', 'worker-2'] as const).map((target): Source => ({
    name: target,
    everyMs: 9_000,
    next: (dice) =>
      dice.chance(0.6)
        ? { kind: 'kill', target, forMs: dice.between(100, 2_000) }
        : // Longer than a job's lock: when it goes on, somebody else has its work.
          { kind: 'pause', target, forMs: dice.between(500, 15_000) },
  })),
  {
    name: 'ingest',
    everyMs: 15_000,
    next: (dice) => ({
      kind: dice.chance(0.6) ? 'kill' : 'pause',
      target: 'ingest',
      forMs: dice.between(100, 4_000),
    }),
  },
  {
    name: 'redis',
    everyMs: 15_000,
    next: (dice) =>
      dice.chance(0.3)
        ? { kind: 'flush', target: 'redis' }
        : { kind: dice.chance(0.5) ? 'kill' : 'pause', target: 'redis', forMs: dice.between(100, 4_000) },
  },
  {
    name: 'postgres',
    everyMs: 25_000,
    next: (dice) => ({
      kind: dice.chance(0.5) ? 'kill' : 'pause',
      target: 'postgres',
      forMs: dice.between(100, 5_000),
    }),
  },
  ...linkNames.map((target): Source => ({
    name: `link ${target}`,
    everyMs: 15_000,
    next: (dice) =>
      dice.chance(0.3)
        ? { kind: 'reset-link', target }
        : { kind: 'link', target, fault: linkFault(dice), forMs: dice.between(200, 4_000) },
  })),
  {
    name: 'tokens',
    everyMs: 15_000,
    // A fresh token that is refused as well means that access was taken away, and a person is called: that is right.
    restMs: 15_000,
    next: () => ({ kind: 'expire-tokens', target: 'avito' }),
  },
  {
    name: 'echo',
    everyMs: 10_000,
    next: (dice) => ({
      kind: 'echo',
      target: 'avito',
      echo: pick(dice, ['before', 'after', 'after', 'off']),
    }),
  },
  {
    name: 'model',
    everyMs: 15_000,
    next: (dice) => ({
      kind: 'model',
      target: 'model',
      mode: pick(dice, ['slow', 'failing', 'empty', 'reasoning-only']),
      forMs: dice.between(500, 8_000),
    }),
  },
];

/** Everything that will go wrong, in the order of time; nothing of it begins after `durationMs`. */
export function planChaos({ seed, durationMs }: { seed: string; durationMs: number }): Mishap[] {
  return sources
    .flatMap(({ name, everyMs, restMs = 0, next }) => {
      const dice = createDice(seed, name);
      const mishaps: Mishap[] = [];
      let atMs = dice.wait(everyMs);
      while (atMs < durationMs) {
        const happening = next(dice);
        mishaps.push({ atMs, ...happening });
        atMs += ('forMs' in happening ? happening.forMs : restMs) + dice.wait(everyMs);
      }
      return mishaps;
    })
    .toSorted((left, right) => left.atMs - right.atMs);
}
