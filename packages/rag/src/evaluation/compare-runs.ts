import type { PastRun } from './run-file.ts';
import { bootstrapInterval, mcNemar } from './statistics.ts';

/** Of a result what is compared; runs of today hold more. */
type Compared = PastRun['results'][number];

const isRight = ({ verdict }: Compared) => verdict === 'answered' || verdict === 'refused';

export type RunComparison = {
  /** Questions that both runs have, by id. */
  common: number;
  onlyBefore: string[];
  onlyNow: string[];
  better: Change[];
  worse: Change[];
  /** Neither better nor worse, but with another text. */
  changed: Change[];
  right: { before: number; now: number; difference: number; low: number; high: number };
  /** The probability of a difference like this one by chance. */
  pValue: number;
  /** Said what is not the answer. */
  wrong: { before: number; now: number; difference: number; low: number; high: number };
};

export type Change = { id: string; question: string; before: Side; now: Side };
type Side = { verdict: Compared['verdict']; text: string };

/** Two runs over the same questions, paired by id: shares, 95 % intervals of the differences, and what changed. */
export function compareRuns(before: readonly Compared[], now: readonly Compared[]): RunComparison {
  const old = new Map(before.map((result) => [result.id, result]));
  const pairs = now.flatMap((result) => {
    const other = old.get(result.id);
    return other === undefined || other.question !== result.question ? [] : [{ before: other, now: result }];
  });
  const paired = new Set(pairs.map((pair) => pair.now.id));
  const score = (value: (result: Compared) => boolean) => {
    const differences = pairs.map((pair) => Number(value(pair.now)) - Number(value(pair.before)));
    const shareOf = (side: 'before' | 'now') =>
      pairs.length === 0 ? 0 : pairs.filter((pair) => value(pair[side])).length / pairs.length;
    const [past, present] = [shareOf('before'), shareOf('now')];
    return { before: past, now: present, difference: present - past, ...bootstrapInterval(differences) };
  };
  const changes = pairs.map((pair) => ({
    pair,
    step: Number(isRight(pair.now)) - Number(isRight(pair.before)),
    change: {
      id: pair.now.id,
      question: pair.now.question,
      before: sideOf(pair.before),
      now: sideOf(pair.now),
    },
  }));
  const ofStep = (step: number) => changes.filter((each) => each.step === step).map(({ change }) => change);
  return {
    common: pairs.length,
    onlyBefore: before.filter(({ id }) => !paired.has(id)).map(({ id }) => id),
    onlyNow: now.filter(({ id }) => !paired.has(id)).map(({ id }) => id),
    better: ofStep(1),
    worse: ofStep(-1),
    changed: ofStep(0).filter((change) => change.before.text !== change.now.text),
    right: score(isRight),
    pValue: mcNemar({ better: ofStep(1).length, worse: ofStep(-1).length }),
    wrong: score(({ verdict }) => verdict === 'wrong'),
  };
}

const sideOf = ({ verdict, answer }: Compared): Side => ({ verdict, text: answer.text });
