import { mean, percentile } from './metrics.ts';
import type { QuestionResult } from './evaluate-questions.ts';

/** Figures of some questions together. Shares are 0 to 1, and null where there is nothing to share. */
export type RunFigures = {
  questions: number;
  answerable: number;
  unanswerable: number;
  /** Answered as it should be, of the answerable. */
  answeredShare: number | null;
  /** Of the answerable: a person was called although the base knew. */
  falseRefusalShare: number | null;
  /** Of the answerable: something was said that is not the answer. */
  wrongShare: number | null;
  /** Of the unanswerable: a person was called. */
  refusedShare: number | null;
  /** Of the questions with an expected source: it was among the first one, three, five passages found. */
  hitAt1: number | null;
  hitAt3: number | null;
  hitAt5: number | null;
  mrr: number | null;
  /**
   * Texts of models that the gate let through and held back, and models that failed; `corrected`: those let through
   * that mend one held back.
   */
  gate: {
    passed: number;
    corrected: number;
    refused: number;
    failed: number;
    problems: Record<string, number>;
  };
  /** Questions for which only the words were searched, because the search by meaning failed. */
  withoutMeaning: number;
  p50Ms: number;
  p95Ms: number;
  tokens: { input: number; output: number; embedding: number };
  /** Null as soon as one price is unknown. */
  cost: number | null;
};

export type RunSummary = {
  total: RunFigures;
  byKind: Record<string, RunFigures>;
  /** Only where the questions name more than one. */
  bySplit: Record<string, RunFigures>;
};

export function summarizeRun(results: readonly QuestionResult[]): RunSummary {
  const by = (key: 'kind' | 'split') =>
    Object.fromEntries(
      [...Map.groupBy(results, (result) => result[key])]
        .toSorted(([a], [b]) => a.localeCompare(b))
        .map(([name, some]) => [name, figuresOf(some)]),
    );
  const bySplit = by('split');
  return {
    total: figuresOf(results),
    byKind: by('kind'),
    bySplit: Object.keys(bySplit).length > 1 ? bySplit : {},
  };
}

function figuresOf(results: readonly QuestionResult[]): RunFigures {
  const answerable = results.filter((result) => result.answerable);
  const unanswerable = results.filter((result) => !result.answerable);
  const sourced = results.flatMap(({ foundAt }) => (foundAt === undefined ? [] : [foundAt]));
  const hitAt = (k: number) => share(sourced, (place) => place !== null && place <= k);
  const attempts = results.flatMap(({ gate }) => gate);
  const sum = (value: (result: QuestionResult) => number) =>
    results.reduce((total, result) => total + value(result), 0);
  const times = results.map(({ ms }) => ms);
  return {
    questions: results.length,
    answerable: answerable.length,
    unanswerable: unanswerable.length,
    answeredShare: share(answerable, ({ verdict }) => verdict === 'answered'),
    falseRefusalShare: share(answerable, ({ verdict }) => verdict === 'refused-falsely'),
    wrongShare: share(answerable, ({ verdict }) => verdict === 'wrong'),
    refusedShare: share(unanswerable, ({ verdict }) => verdict === 'refused'),
    hitAt1: hitAt(1),
    hitAt3: hitAt(3),
    hitAt5: hitAt(5),
    mrr: sourced.length === 0 ? null : mean(sourced.map((place) => (place === null ? 0 : 1 / place))),
    gate: {
      passed: attempts.filter(({ outcome }) => outcome === 'answer').length,
      corrected: attempts.filter(({ outcome, isCorrection }) => outcome === 'answer' && isCorrection).length,
      refused: attempts.filter(({ outcome }) => outcome === 'refused').length,
      failed: attempts.filter(({ outcome }) => outcome === 'failed').length,
      problems: countBy(attempts.flatMap(({ problems }) => problems)),
    },
    withoutMeaning: results.filter(({ trace }) => trace.meaningFailure !== undefined).length,
    p50Ms: percentile(0.5, times),
    p95Ms: percentile(0.95, times),
    tokens: {
      input: sum(({ inputTokens }) => inputTokens),
      output: sum(({ outputTokens }) => outputTokens),
      embedding: sum(({ embeddingTokens }) => embeddingTokens),
    },
    cost: results.some(({ cost }) => cost === null) ? null : sum(({ cost }) => cost ?? 0),
  };
}

function share<T>(values: readonly T[], isCounted: (value: T) => boolean): number | null {
  return values.length === 0 ? null : values.filter(isCounted).length / values.length;
}

function countBy(names: readonly string[]): Record<string, number> {
  return Object.fromEntries([...Map.groupBy(names, (name) => name)].map(([name, all]) => [name, all.length]));
}
