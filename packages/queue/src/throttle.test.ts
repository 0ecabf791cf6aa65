import { expect, test } from 'vitest';
import { createThrottle } from './throttle.ts';

test('the same thing is said once per interval, another at once', () => {
  let now = 0;
  const maySay = createThrottle({ intervalMs: 10_000, clock: { now: () => now } });
  expect(maySay('connection lost')).toBe(true);
  expect(maySay('connection lost')).toBe(false);
  expect(maySay('lock lost')).toBe(true);
  now = 10_000;
  expect(maySay('connection lost')).toBe(true);
});
