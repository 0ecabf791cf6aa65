import type { PastBeirRun } from './beir-run.ts';
import { mean } from './metrics.ts';
import { bootstrapInterval } from './statistics.ts';

type Compared = PastBeirRun['results'][number];
type Difference = { before: number; now: number; difference: number; low: number; high: number };

export type BeirComparison = {
  /** Queries that both runs have, by id and text. */
  common: number;
  ndcg: Difference;
  mrr: Difference;
  /** The greatest change of nDCG first. */
  better: BeirChange[];
  worse: BeirChange[];
};

export type BeirChange = { id: string; question: string; before: number; now: number };

/** Two runs over the same queries, paired: means, 95 % intervals of the differences, and what changed. */
export function compareBeir(before: readonly Compared[], now: readonly Compared[]): BeirComparison {
  const old = new Map(before.map((result) => [result.id, result]));
  const pairs = now.flatMap((result) => {
    const other = old.get(result.id);
    return other === undefined || other.question !== result.question ? [] : [{ before: other, now: result }];
  });
  const differenceOf = (value: (result: Compared) => number): Difference => {
    const differences = pairs.map((pair) => value(pair.now) - value(pair.before));
    return {
      before: mean(pairs.map((pair) => value(pair.before))),
      now: mean(pairs.map((pair) => value(pair.now))),
      difference: mean(differences),
      ...bootstrapInterval(differences),
    };
  };
  const changes = pairs
    .map((pair) => ({
      id: pair.now.id,
      question: pair.now.question,
      before: pair.before.ndcg,
      now: pair.now.ndcg,
    }))
    .toSorted((a, b) => Math.abs(b.now - b.before) - Math.abs(a.now - a.before));
  return {
    common: pairs.length,
    ndcg: differenceOf(({ ndcg }) => ndcg),
    mrr: differenceOf(({ reciprocalRank }) => reciprocalRank),
    better: changes.filter((change) => change.now > change.before),
    worse: changes.filter((change) => change.now < change.before),
  };
}
