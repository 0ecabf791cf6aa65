import { expect, test, vi } from 'vitest';
import { AvitoApiError, AvitoConnectionError } from '../errors.ts';
import { createRefreshingTokens } from './refreshing-tokens.ts';
import type { Grant } from './token-request.ts';
import type { StoredTokens } from './token-store.ts';

const DAY_MS = 86_400_000;
const NOW_MS = 1795333261_000;

const revoked = () =>
  new AvitoApiError('POST /token: 400', {
    code: 'avito.token-revoked',
    status: 400,
    mayHaveTakenEffect: false,
  });

/** Avito's side: refresh token R1 is good for A2 and R2, R2 for A3 and R3, each of them once. */
function setUp({ expiresAt = new Date(NOW_MS) }: { expiresAt?: Date } = {}) {
  const clock = { ms: NOW_MS, now: () => clock.ms };
  const kept: { tokens: StoredTokens | null } = {
    tokens: { accessToken: 'A1', refreshToken: 'R1', expiresAt },
  };
  const store = {
    load: vi.fn(async () => kept.tokens),
    save: vi.fn(async (tokens: StoredTokens) => {
      kept.tokens = tokens;
    }),
  };
  let good = 1;
  const requestToken = vi.fn(async (grant: Grant) => {
    if (grant.grant_type !== 'refresh_token' || grant.refresh_token !== `R${good}`) throw revoked();
    good += 1;
    return { value: `A${good}`, lifetimeMs: DAY_MS, refreshToken: `R${good}` };
  });
  return { clock, kept, store, requestToken, tokens: createRefreshingTokens({ requestToken, store, clock }) };
}

test('stored tokens are used as long as they live', async () => {
  const { tokens, requestToken } = setUp({ expiresAt: new Date(NOW_MS + DAY_MS) });
  expect(await tokens.getToken()).toBe('A1');
  expect(requestToken).not.toHaveBeenCalled();
});

test('both tokens of a renewal are saved before the new one is used', async () => {
  const { tokens, kept } = setUp();
  expect(await tokens.getToken()).toBe('A2');
  expect(kept.tokens).toEqual({
    accessToken: 'A2',
    refreshToken: 'R2',
    expiresAt: new Date(NOW_MS + DAY_MS),
  });
});

test('callers at the same time share one renewal', async () => {
  const { tokens, requestToken } = setUp();
  expect(await Promise.all([tokens.getToken(), tokens.getToken(), tokens.getToken()])).toEqual([
    'A2',
    'A2',
    'A2',
  ]);
  expect(requestToken).toHaveBeenCalledTimes(1);
});

test('a refused token is renewed by the refresh token, though it should live on', async () => {
  const { tokens, requestToken } = setUp({ expiresAt: new Date(NOW_MS + DAY_MS) });
  tokens.invalidate(await tokens.getToken());
  expect(await tokens.getToken()).toBe('A2');
  expect(requestToken).toHaveBeenCalledTimes(1);
});

test('a token refused during its renewal does not use the refresh token twice', async () => {
  const { tokens, requestToken, clock } = setUp({ expiresAt: new Date(NOW_MS + DAY_MS) });
  expect(await tokens.getToken()).toBe('A1');
  clock.ms += DAY_MS;
  const early = tokens.getToken(); // begins a renewal
  tokens.invalidate('A1'); // meanwhile a call was refused
  expect(await Promise.all([early, tokens.getToken()])).toEqual(['A2', 'A2']);
  expect(requestToken).toHaveBeenCalledTimes(1);
});

test('tokens that another process has renewed are taken over', async () => {
  const { tokens, kept, requestToken } = setUp({ expiresAt: new Date(NOW_MS + DAY_MS) });
  tokens.invalidate(await tokens.getToken());
  kept.tokens = { accessToken: 'B', refreshToken: 'S', expiresAt: new Date(NOW_MS + DAY_MS) };
  expect(await tokens.getToken()).toBe('B');
  expect(requestToken).not.toHaveBeenCalled();
});

test('a refresh token that another process used first is no revocation', async () => {
  const { tokens, kept, requestToken } = setUp();
  requestToken.mockImplementationOnce(async () => {
    kept.tokens = { accessToken: 'B', refreshToken: 'S', expiresAt: new Date(NOW_MS + DAY_MS) };
    throw revoked();
  });
  expect(await tokens.getToken()).toBe('B');
});

test('a revoked consent is told each time, and asked about once', async () => {
  const { tokens, requestToken } = setUp();
  requestToken.mockRejectedValueOnce(revoked());
  const code = 'avito.token-revoked';
  await expect(tokens.getToken()).rejects.toMatchObject({ code, isRetryable: false });
  await expect(tokens.getToken()).rejects.toMatchObject({ code, isRetryable: false });
  expect(requestToken).toHaveBeenCalledTimes(1);
});

test('after a revocation a new consent is found in the store', async () => {
  const { tokens, kept, requestToken } = setUp();
  requestToken.mockRejectedValueOnce(revoked());
  await expect(tokens.getToken()).rejects.toMatchObject({ code: 'avito.token-revoked' });
  kept.tokens = { accessToken: 'B', refreshToken: 'S', expiresAt: new Date(NOW_MS + DAY_MS) };
  expect(await tokens.getToken()).toBe('B');
});

test('tokens that could not be saved are saved by the next caller, without another renewal', async () => {
  const { tokens, store, kept, requestToken } = setUp();
  store.save.mockRejectedValueOnce(new Error('disk full'));
  await expect(tokens.getToken()).rejects.toMatchObject({
    code: 'avito.token-store',
    isRetryable: true,
  });
  expect(await tokens.getToken()).toBe('A2');
  expect(kept.tokens?.refreshToken).toBe('R2');
  expect(requestToken).toHaveBeenCalledTimes(1);
});

test('a store that cannot be read is an AvitoError, so that a send knows that nothing was sent', async () => {
  const { tokens, store } = setUp();
  store.load.mockRejectedValueOnce(new Error('no database for R1'));
  await expect(tokens.getToken()).rejects.toMatchObject({
    code: 'avito.token-store',
    message: expect.not.stringContaining('R1'),
    mayHaveTakenEffect: false,
    isRetryable: true,
  });
  expect(await tokens.getToken()).toBe('A2');
});

test('an unreachable token endpoint is no revocation', async () => {
  const { tokens, requestToken } = setUp();
  requestToken.mockRejectedValueOnce(
    new AvitoConnectionError('no connection', {
      code: 'avito.unreachable',
      requestMayHaveArrived: false,
      mayHaveTakenEffect: false,
    }),
  );
  await expect(tokens.getToken()).rejects.toMatchObject({ code: 'avito.unreachable', isRetryable: true });
  expect(await tokens.getToken()).toBe('A2');
});

test('without stored tokens the account is not connected', async () => {
  const { tokens, kept } = setUp();
  kept.tokens = null;
  await expect(tokens.getToken()).rejects.toMatchObject({ code: 'avito.not-connected' });
});

test('the state tells of the refresh token without telling it', async () => {
  const { tokens } = setUp();
  await tokens.getToken();
  expect(tokens.state?.()).toEqual({ expiresAt: new Date(NOW_MS + DAY_MS), hasRefreshToken: true });
});
