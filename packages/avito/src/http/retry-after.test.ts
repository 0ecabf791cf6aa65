import { expect, test } from 'vitest';
import { retryAfterMs } from './retry-after.ts';

const NOW_MS = Date.parse('2026-11-22T10:00:00Z');

const cases: { says: string; headers: Record<string, string>; waitMs: number | undefined }[] = [
  { says: 'nothing', headers: {}, waitMs: undefined },
  { says: 'seconds', headers: { 'retry-after': '7' }, waitMs: 7_000 },
  { says: 'fractions of a second', headers: { 'retry-after': '0.5' }, waitMs: 500 },
  { says: 'a date', headers: { 'retry-after': 'Sun, 22 Nov 2026 10:00:30 GMT' }, waitMs: 30_000 },
  { says: 'a date in the past', headers: { 'retry-after': 'Sun, 22 Nov 2026 09:00:00 GMT' }, waitMs: 0 },
  { says: 'a week', headers: { 'retry-after': '604800' }, waitMs: 3_600_000 },
  { says: 'nonsense', headers: { 'retry-after': 'soon' }, waitMs: undefined },
  {
    says: 'a used up limit per minute',
    headers: { 'x-ratelimit-limit': '25', 'x-ratelimit-remaining': '0' },
    waitMs: 2_400,
  },
  { says: 'a limit alone', headers: { 'x-ratelimit-limit': '500' }, waitMs: 120 },
  {
    says: 'a limit with calls left',
    headers: { 'x-ratelimit-limit': '25', 'x-ratelimit-remaining': '3' },
    waitMs: undefined,
  },
  { says: 'a limit of zero', headers: { 'x-ratelimit-limit': '0' }, waitMs: undefined },
  {
    says: 'both, of which Retry-After is the more certain',
    headers: { 'retry-after': '1', 'x-ratelimit-limit': '25' },
    waitMs: 1_000,
  },
];

test.each(cases)('an answer that says $says asks for $waitMs ms', ({ headers, waitMs }) => {
  expect(retryAfterMs((name) => headers[name], NOW_MS)).toBe(waitMs);
});
