import { expect, test } from 'vitest';
import { settledWithin, withDeadline } from './deadline.ts';

const late = () => new Error('too late');

test('what is done in time is passed through, value or error', async () => {
  await expect(withDeadline({ ms: 60_000, run: async () => 'done', late })).resolves.toBe('done');
  const failing = withDeadline({ ms: 60_000, run: () => Promise.reject(new Error('refused')), late });
  await expect(failing).rejects.toThrow('refused');
});

test('what takes too long can see that, and its later failure disturbs nobody', async () => {
  const { promise: stuck, reject } = Promise.withResolvers<never>();
  let isLate = () => false;
  const run = (given: () => boolean) => {
    isLate = given;
    return stuck;
  };
  await expect(withDeadline({ ms: 1, run, late })).rejects.toThrow('too late');
  expect(isLate()).toBe(true);
  reject(new Error('an unhandled rejection would fail this file'));
});

test('closing that fails or takes too long is reported as not done, and never throws', async () => {
  expect(await settledWithin(60_000, Promise.resolve())).toBe(true);
  expect(await settledWithin(60_000, Promise.reject(new Error('refused')))).toBe(false);
  expect(await settledWithin(1, new Promise(() => {}))).toBe(false);
});
