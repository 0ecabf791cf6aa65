import { expect, test, vi } from 'vitest';
import { type AccessToken, createTokenProvider } from './token-provider.ts';

const DAY_MS = 86_400_000;

/** Fetches that the test answers by hand, one by one. */
function scriptedFetches() {
  const fetches: PromiseWithResolvers<AccessToken>[] = [];
  const fetchToken = vi.fn(() => {
    const fetch = Promise.withResolvers<AccessToken>();
    fetches.push(fetch);
    return fetch.promise;
  });
  const answer = (index: number, value: string, lifetimeMs = DAY_MS) =>
    fetches[index]?.resolve({ value, lifetimeMs });
  const fail = (index: number) => fetches[index]?.reject(new Error('token endpoint is down'));
  return { fetchToken, answer, fail };
}

function setUp() {
  const clock = { ms: 1_000_000, now: () => clock.ms };
  const fetches = scriptedFetches();
  return { clock, ...fetches, tokens: createTokenProvider({ fetchToken: fetches.fetchToken, clock }) };
}

test('callers that need a token at the same time share one fetch', async () => {
  const { tokens, fetchToken, answer } = setUp();
  const waiting = Promise.all([tokens.getToken(), tokens.getToken(), tokens.getToken()]);
  answer(0, 'A');
  expect(await waiting).toEqual(['A', 'A', 'A']);
  expect(fetchToken).toHaveBeenCalledTimes(1);
});

test('a token is kept until a minute before its end and renewed then', async () => {
  const { tokens, fetchToken, answer, clock } = setUp();
  const first = tokens.getToken();
  answer(0, 'A', 600_000);
  await first;
  clock.ms += 539_999;
  expect(await tokens.getToken()).toBe('A');
  clock.ms += 1;
  const renewed = tokens.getToken();
  answer(1, 'B');
  expect(await renewed).toBe('B');
  expect(fetchToken).toHaveBeenCalledTimes(2);
});

test('of a token that lives less than two minutes at least half of the life is used', async () => {
  const { tokens, fetchToken, answer, clock } = setUp();
  const first = tokens.getToken();
  answer(0, 'A', 10_000);
  await first;
  clock.ms += 4_999;
  expect(await tokens.getToken()).toBe('A');
  clock.ms += 1;
  const renewed = tokens.getToken();
  answer(1, 'B');
  await renewed;
  expect(fetchToken).toHaveBeenCalledTimes(2);
});

test('the life of a token counts from the request for it, not from the answer', async () => {
  const { tokens, answer, clock, fetchToken } = setUp();
  const first = tokens.getToken();
  clock.ms += 30_000;
  answer(0, 'A', 600_000);
  await first;
  clock.ms += 510_000;
  const renewed = tokens.getToken();
  answer(1, 'B');
  expect(await renewed).toBe('B');
  expect(fetchToken).toHaveBeenCalledTimes(2);
});

test('an invalidated token is fetched anew, once for all who were refused with it', async () => {
  const { tokens, fetchToken, answer } = setUp();
  const first = tokens.getToken();
  answer(0, 'A');
  await first;
  tokens.invalidate('A');
  const second = tokens.getToken();
  tokens.invalidate('A');
  const third = tokens.getToken();
  answer(1, 'B');
  expect(await Promise.all([second, third])).toEqual(['B', 'B']);
  tokens.invalidate('A');
  expect(await tokens.getToken()).toBe('B');
  expect(fetchToken).toHaveBeenCalledTimes(2);
});

test('a renewal begun before the invalidation does not bring the old token back', async () => {
  const { tokens, fetchToken, answer, clock } = setUp();
  const first = tokens.getToken();
  answer(0, 'A', 600_000);
  await first;
  clock.ms += 590_000;
  const early = tokens.getToken(); // begins a renewal
  tokens.invalidate('A'); // meanwhile A is refused
  const late = tokens.getToken();
  answer(1, 'A'); // Avito hands out the refused token once more
  await early;
  answer(2, 'B');
  expect(await late).toBe('B');
  expect(await tokens.getToken()).toBe('B');
  expect(fetchToken).toHaveBeenCalledTimes(3);
});

test('an old renewal that ends after the new one changes nothing', async () => {
  const { tokens, fetchToken, answer, clock } = setUp();
  const first = tokens.getToken();
  answer(0, 'A', 600_000);
  await first;
  clock.ms += 590_000;
  const early = tokens.getToken();
  tokens.invalidate('A');
  const late = tokens.getToken();
  answer(2, 'B');
  await late;
  answer(1, 'A');
  await early;
  expect(await tokens.getToken()).toBe('B');
  expect(fetchToken).toHaveBeenCalledTimes(3);
});

test('a failed fetch is reported to all who wait and tried again by the next caller', async () => {
  const { tokens, answer, fail } = setUp();
  const waiting = Promise.allSettled([tokens.getToken(), tokens.getToken()]);
  fail(0);
  expect((await waiting).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  const next = tokens.getToken();
  answer(1, 'A');
  expect(await next).toBe('A');
});

test('a caller that gives up does not spoil the fetch for the others', async () => {
  const { tokens, answer } = setUp();
  const caller = new AbortController();
  const impatient = tokens.getToken({ signal: caller.signal });
  const patient = tokens.getToken();
  caller.abort();
  await expect(impatient).rejects.toMatchObject({ code: 'avito.aborted', mayHaveTakenEffect: false });
  answer(0, 'A');
  expect(await patient).toBe('A');
});

test('for a caller that has given up before, no token is fetched', async () => {
  const { tokens, fetchToken } = setUp();
  await expect(tokens.getToken({ signal: AbortSignal.abort() })).rejects.toMatchObject({
    code: 'avito.aborted',
  });
  expect(fetchToken).not.toHaveBeenCalled();
});

test('the state tells when the token ends, and nothing while none is held', async () => {
  const { tokens, answer, clock } = setUp();
  expect(tokens.state()).toEqual({ expiresAt: null, hasRefreshToken: false });
  const first = tokens.getToken();
  answer(0, 'secret-token', 600_000);
  await first;
  expect(tokens.state()).toEqual({ expiresAt: new Date(clock.ms + 600_000), hasRefreshToken: false });
  expect(JSON.stringify(tokens.state())).not.toContain('secret-token');
  tokens.invalidate('secret-token');
  expect(tokens.state().expiresAt).toBeNull();
});
