import { AppError } from '@avito-autoreply/runtime';
import { expect, test } from 'vitest';
import { createBounded } from './bounded.ts';

const here = { at: 'redis://example.test', ready: () => Promise.resolve() };

test('a failure becomes queue.unavailable, saying what failed where', async () => {
  const failing = createBounded({ backend: here, ms: 60_000 })('a ping', () =>
    Promise.reject(new Error('reset')),
  );
  await expect(failing).rejects.toMatchObject({
    code: 'queue.unavailable',
    isRetryable: true,
    message: expect.stringContaining('a ping on redis://example.test: reset'),
  });
});

test('an error with a code of its own passes', async () => {
  const refusal = new AppError('evicts', { code: 'queue.redis-eviction' });
  const failing = createBounded({ backend: here, ms: 60_000 })('a look', () => Promise.reject(refusal));
  await expect(failing).rejects.toBe(refusal);
});

test('what could not begin in time does not begin afterwards', async () => {
  const { promise: ready, resolve: comeBack } = Promise.withResolvers<void>();
  const begun: string[] = [];
  const bounded = createBounded({ backend: { ...here, ready: () => ready }, ms: 1 });
  const late = bounded('an addition', async () => begun.push('added'));
  await expect(late).rejects.toMatchObject({ code: 'queue.unavailable' });
  comeBack();
  await new Promise(setImmediate);
  expect(begun).toEqual([]);
});
