import { expect, test } from 'vitest';
import { crossValidate } from './cross-validate.ts';
import { compareRuns } from './compare-runs.ts';
import { bootstrapInterval, mcNemar } from './statistics.ts';

test('McNemar: no change is no evidence, one-sided change is', () => {
  expect(mcNemar({ better: 0, worse: 0 })).toBe(1);
  expect(mcNemar({ better: 3, worse: 3 })).toBe(1);
  // 2 · 0.5^10
  expect(mcNemar({ better: 10, worse: 0 })).toBeCloseTo(2 / 1_024, 10);
  expect(mcNemar({ better: 900, worse: 600 })).toBeLessThan(1e-6);
});

test('the interval is the same twice, and holds the mean', () => {
  const values = Array.from({ length: 100 }, (_, at) => (at % 4 === 0 ? 1 : 0));
  const interval = bootstrapInterval(values);
  expect(bootstrapInterval(values)).toEqual(interval);
  expect(interval.low).toBeGreaterThan(0.12);
  expect(interval.low).toBeLessThan(0.25);
  expect(interval.high).toBeGreaterThan(0.25);
  expect(interval.high).toBeLessThan(0.38);
});

test('cross-validation sees through a choice that only luck makes', () => {
  // Each candidate is right on one question alone: chosen without it, none gains anything.
  const count = 20;
  const candidates = Array.from({ length: count }, (_, own) => ({
    choice: own,
    scores: Array.from({ length: count }, (__, at) => (at === own ? 1 : 0)),
  }));
  const found = crossValidate({
    candidates,
    current: Array.from({ length: count }, () => 0),
    groups: Array.from({ length: count }, () => 'one'),
  });
  expect(found).toMatchObject({ after: 0, high: 0 });
});

test('cross-validation finds what is better everywhere', () => {
  const zeros = Array.from({ length: 15 }, () => 0);
  const ones = zeros.map(() => 1);
  const candidates = [
    { choice: 'today', scores: zeros },
    { choice: 'better', scores: ones },
  ];
  expect(crossValidate({ candidates, current: zeros, groups: zeros.map(String) })).toMatchObject({
    chosen: 'better',
    before: 0,
    after: 1,
    low: 1,
    ofFolds: ['better', 'better', 'better', 'better', 'better'],
  });
});

test('two runs are compared question by question', () => {
  const result = (
    id: string,
    verdict: 'answered' | 'wrong' | 'refused-falsely',
    text = verdict as string,
  ) => ({
    id,
    question: id,
    verdict,
    answer: { text },
  });
  const before = [
    result('a', 'wrong'),
    result('b', 'answered'),
    result('c', 'answered'),
    result('gone', 'wrong'),
  ];
  const now = [
    result('a', 'answered'),
    result('b', 'refused-falsely'),
    result('c', 'answered', 'иначе'),
    result('new', 'answered'),
  ];
  expect(compareRuns(before, now)).toMatchObject({
    common: 3,
    onlyBefore: ['gone'],
    onlyNow: ['new'],
    better: [{ id: 'a', before: { verdict: 'wrong' } }],
    worse: [{ id: 'b' }],
    changed: [{ id: 'c', now: { text: 'иначе' } }],
    right: { difference: 0 },
    wrong: { before: 1 / 3, now: 0 },
    pValue: 1,
  });
});
