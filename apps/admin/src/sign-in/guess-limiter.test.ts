import { expect, test } from 'vitest';
import { createGuessLimiter } from './guess-limiter.ts';

function setUp() {
  let nowMs = 0;
  const limiter = createGuessLimiter({ clock: { now: () => nowMs } });
  const guess = (count: number, address = '10.0.0.1') => {
    for (let number = 0; number < count; number += 1) limiter.failed({ address, guess: `key ${number}` });
  };
  return { limiter, guess, pass: (ms: number) => (nowMs += ms) };
}

test('ten different wrong keys close the door for the rest of the minute', () => {
  const { limiter, guess, pass } = setUp();
  guess(9);
  expect(limiter.waitMs('10.0.0.1')).toBe(0);
  guess(10);
  pass(20_000);
  expect(limiter.waitMs('10.0.0.1')).toBe(40_000);
  pass(40_000);
  expect(limiter.waitMs('10.0.0.1')).toBe(0);
});

test('the same wrong key many times is one guess', () => {
  const { limiter } = setUp();
  for (let number = 0; number < 100; number += 1) limiter.failed({ address: 'a', guess: 'old key' });
  expect(limiter.waitMs('a')).toBe(0);
});

test('one address does not close the door for another', () => {
  const { limiter, guess } = setUp();
  guess(10);
  expect(limiter.waitMs('10.0.0.2')).toBe(0);
});

test('a flood of addresses is not kept: the oldest is forgotten', () => {
  const { limiter, guess } = setUp();
  guess(10, 'first');
  for (let number = 0; number < 9_999; number += 1)
    limiter.failed({ address: `10.0.0.${number}`, guess: 'key' });
  expect(limiter.waitMs('first')).toBeGreaterThan(0);
  limiter.failed({ address: 'one more', guess: 'key' });
  expect(limiter.waitMs('first')).toBe(0);
});
