import { AppError } from '@avito-autoreply/runtime';
import { describe, expect, test } from 'vitest';
import { judgeFailure } from './judge-failure.ts';

const MAX = 60_000;
const judge = (error: unknown, ageMs = 0) => judgeFailure({ error, ageMs, maxAgeMs: MAX });
const passing = (retryAfterMs?: number) =>
  new AppError('429', { code: 'x.y', isRetryable: true, retryAfterMs });

test('an error that says it will not pass is given up, however young the job', () => {
  expect(judge(new AppError('402', { code: 'x.y' }))).toEqual({ kind: 'give-up', reason: 'not-retryable' });
});

test('an error that may pass is retried', () => {
  expect(judge(passing())).toEqual({ kind: 'retry' });
});

test('an error that nobody classified is retried', () => {
  expect(judge(new TypeError('undefined is not a function'))).toEqual({ kind: 'retry' });
  expect(judge('a thrown string')).toEqual({ kind: 'retry' });
});

test('where the other side named a time, the job waits for it', () => {
  expect(judge(passing(5_000))).toEqual({ kind: 'delay', delayMs: 5_000 });
});

test('a job that is too old, or would be after the delay, is given up', () => {
  expect(judge(passing(), MAX)).toEqual({ kind: 'give-up', reason: 'too-old' });
  expect(judge(passing(5_000), MAX - 5_000)).toEqual({ kind: 'give-up', reason: 'too-old' });
  expect(judge(passing(5_000), MAX - 5_001)).toEqual({ kind: 'delay', delayMs: 5_000 });
});

describe('a service that everybody needs and that is away', () => {
  const away = new AppError('Postgres does not answer', { code: 'database.unavailable', isRetryable: true });
  const judgeAway = (random: number, isScheduled = false) =>
    judgeFailure({ error: away, ageMs: 0, maxAgeMs: MAX, isScheduled, random });

  test('spends no attempt: the job waits a few seconds, not all jobs the same', () => {
    expect(judgeAway(0)).toEqual({ kind: 'delay', delayMs: 1_500 });
    expect(judgeAway(1)).toEqual({ kind: 'delay', delayMs: 4_500 });
  });

  test('is no failure of a job whose schedule rings again', () => {
    expect(judgeAway(0, true)).toEqual({ kind: 'skip' });
  });

  test('does not keep a job for ever', () => {
    expect(judge(away, MAX)).toEqual({ kind: 'give-up', reason: 'too-old' });
  });
});
