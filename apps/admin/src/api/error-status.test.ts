import { AppError } from '@avito-autoreply/runtime';
import { expect, test } from 'vitest';
import { statusOf } from './error-status.ts';

const of = (code: string) => statusOf(new AppError('x', { code }));

test('what Avito refuses never looks like a refusal of the caller’s own key', () => {
  expect(of('avito.access-denied')).toBe(502);
  expect(of('avito.bad-credentials')).toBe(502);
});

test('trouble that may pass, is paid for, or is the caller’s mistake can be told apart', () => {
  expect([of('avito.rate-limited'), of('queue.unavailable'), of('database.unavailable')]).toEqual([
    503, 503, 503,
  ]);
  expect(of('avito.timeout')).toBe(504);
  expect(of('avito.payment-required')).toBe(402);
  expect(of('avito.text-too-long')).toBe(400);
});

test('a code that nobody listed is hidden', () => {
  expect(of('somebody.else')).toBeUndefined();
});
