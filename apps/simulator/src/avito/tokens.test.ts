import { expect, test } from 'vitest';
import { createTokenStore } from './tokens.ts';

function store() {
  const time = { now: 0 };
  return { time, tokens: createTokenStore({ clock: { now: () => time.now } }) };
}

test('a token is valid until its time is over', () => {
  const { time, tokens } = store();
  const token = tokens.issue({ accountId: 7, ttlSeconds: 60 });
  time.now = 59_999;
  expect(tokens.find(token)).toEqual({ kind: 'valid', accountId: 7 });
  time.now = 60_000;
  expect(tokens.find(token)).toEqual({ kind: 'expired' });
});

test('a new token does not end the old one', () => {
  const { tokens } = store();
  const old = tokens.issue({ accountId: 7, ttlSeconds: 60 });
  tokens.issue({ accountId: 7, ttlSeconds: 60 });
  expect(tokens.find(old).kind).toBe('valid');
});

test('the tokens of one account can be ended, an invented one is unknown', () => {
  const { tokens } = store();
  const first = tokens.issue({ accountId: 7, ttlSeconds: 60 });
  const second = tokens.issue({ accountId: 8, ttlSeconds: 60 });
  tokens.expire(7);
  expect([first, second, 'made-up'].map((token) => tokens.find(token).kind)).toEqual([
    'expired',
    'valid',
    'unknown',
  ]);
});
