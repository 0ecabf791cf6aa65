import { describe, expect, test } from 'vitest';
import { sessionKey } from './api-key.ts';
import { createSession, isValidSession, readSessionCookie, SESSION_MS } from './session-cookie.ts';

const key = sessionKey('a key of the administrator');
const nowMs = 1_795_333_261_000;
const session = createSession({ key, nowMs });

describe('a session', () => {
  test('lasts twelve hours', () => {
    expect(isValidSession({ session, key, nowMs: nowMs + SESSION_MS - 1 })).toBe(true);
    expect(isValidSession({ session, key, nowMs: nowMs + SESSION_MS })).toBe(false);
  });

  test('ends when the key changes', () => {
    expect(isValidSession({ session, key: sessionKey('another key'), nowMs })).toBe(false);
  });

  const [end = '', signature = ''] = session.split('.');
  test.each([
    ['a later end under the old signature', `${Number(end) + 1}.${signature}`],
    ['no signature', `${end}.`],
    ['a shorter signature', `${end}.${signature.slice(0, -2)}`],
    ['another part', `${session}.x`],
    ['no number', `NaN.${signature}`],
    ['nothing', ''],
  ])('with %s is none', (_what, forged) => {
    expect(isValidSession({ session: forged, key, nowMs })).toBe(false);
  });
});

test('the cookie is found among others, and its absence is noticed', () => {
  expect(readSessionCookie(`a=b; autoreply_session=${session}; c`)).toBe(session);
  expect(readSessionCookie('not_autoreply_session=x; a')).toBeUndefined();
  expect(readSessionCookie(undefined)).toBeUndefined();
});
