import { mean } from './metrics.ts';
import { bootstrapInterval, seededRandom } from './statistics.ts';

const FOLDS = 5;

export type CrossValidated<Choice> = {
  /** Best on all questions: what would be used from now on. */
  chosen: Choice;
  /** Mean score of today's choice, and of choices made without the questions that they are measured on. */
  before: number;
  after: number;
  /** Of the difference, 95 %. */
  low: number;
  high: number;
  /** What the folds chose: far apart means that the questions are too few. */
  ofFolds: Choice[];
};

/**
 * Chooses among candidates by the mean score per question, and measures the choosing by cross-validation: no question
 * is judged with a choice it took part in. `groups` keeps the folds alike. Of equally good ones the earlier stands.
 */
export function crossValidate<Choice>({
  candidates,
  current,
  groups,
}: {
  /** Each with its score for every question. */
  candidates: readonly { choice: Choice; scores: readonly number[] }[];
  /** Scores of today's choice. */
  current: readonly number[];
  groups: readonly string[];
}): CrossValidated<Choice> | undefined {
  const foldOf = assignFolds(groups);
  const best = (isUsed: (question: number) => boolean) =>
    candidates
      .map((candidate) => ({ ...candidate, mean: mean(candidate.scores.filter((_, at) => isUsed(at))) }))
      .reduce<((typeof candidates)[number] & { mean: number }) | undefined>(
        (top, each) => (top === undefined || each.mean > top.mean + 1e-9 ? each : top),
        undefined,
      );
  const chosen = best(() => true);
  if (chosen === undefined) return undefined;
  const folds = [...new Set(foldOf)].map((fold) => ({ fold, top: best((at) => foldOf[at] !== fold) }));
  const unseen = current.map((_, at) => folds.find(({ fold }) => fold === foldOf[at])?.top?.scores[at] ?? 0);
  return {
    chosen: chosen.choice,
    before: mean(current),
    after: mean(unseen),
    ...bootstrapInterval(unseen.map((score, at) => score - (current[at] ?? 0))),
    ofFolds: folds.flatMap(({ top }) => top?.choice ?? []),
  };
}

/** Questions of a group are dealt to the folds in turn, in an order that is always the same. */
function assignFolds(groups: readonly string[]): number[] {
  const random = seededRandom(groups.length);
  const order = groups.map((group, at) => ({ group, at, key: random() })).toSorted((a, b) => a.key - b.key);
  const dealt = new Map<string, number>();
  const folds: number[] = [];
  for (const { group, at } of order) {
    const count = dealt.get(group) ?? 0;
    dealt.set(group, count + 1);
    folds[at] = count % FOLDS;
  }
  return folds;
}
