import { describe, expect, test } from 'vitest';
import { createAvitoClient } from '../client.ts';
import { startAvito } from '../testing/avito-stand-in.ts';
import { USER_ID } from '../testing/examples.ts';
import { beginConsent, connectAccount } from './consent.ts';
import type { ConsentStates } from './consent-state.ts';
import type { StoredTokens, TokenStore } from './token-store.ts';

const credentials = { clientId: 'client', clientSecret: 's3cret' };
const NOW_MS = 1795333261_000;
const clock = { now: () => NOW_MS };

function createMemoryStore(kept: StoredTokens | null = null): TokenStore {
  let tokens = kept;
  return {
    load: async () => tokens,
    save: async (given) => {
      tokens = given;
    },
  };
}

/** Of a process alone, and without a clock: `old` has been begun too long ago. */
function createMemoryStates(begun: readonly string[] = ['s']): ConsentStates {
  const kept = new Set(begun);
  return {
    keep: async (state) => void kept.add(state),
    spend: async (state) => {
      if (!kept.delete(state)) return 'unknown';
      return state === 'old' ? 'expired' : 'good';
    },
  };
}

const begun = () => ({ state: 's', states: createMemoryStates() });

test('the consent page is Avito’s own, with scopes joined by commas', async () => {
  const states = createMemoryStates([]);
  const scopes = ['messenger:read', 'messenger:write'];
  const { url, state } = await beginConsent({ clientId: 'client', states, scopes });
  expect(url).toBe(
    `https://avito.ru/oauth?response_type=code&pro_users_flow=true&client_id=client&scope=messenger%3Aread%2Cmessenger%3Awrite&state=${state}`,
  );
  expect(state).toMatch(/^[\da-f]{32}$/);
  expect(await beginConsent({ clientId: 'client', states })).not.toMatchObject({ state });
});

test('a code that comes back with the state of its consent is taken, once', async () => {
  const avito = await startAvito();
  const states = createMemoryStates([]);
  const store = createMemoryStore();
  const { state } = await beginConsent({ clientId: 'client', states });
  const connect = () =>
    connectAccount({ baseUrl: avito.baseUrl, credentials, code: 'c', state, states, store });
  avito.replyToTokenOnce({ body: { access_token: 'A1', expires_in: 86_400, refresh_token: 'R1' } });
  await connect();
  await expect(connect()).rejects.toMatchObject({ code: 'avito.unknown-state', isRetryable: false });
  expect(avito.tokenCalls()).toHaveLength(1);
});

test.each([
  ['that we never handed out', 'made-up', 'avito.unknown-state'],
  ['that is empty', '', 'avito.unknown-state'],
  ['that was handed out too long ago', 'old', 'avito.state-expired'],
])('a code with a state %s is not even shown to Avito', async (_name, state, code) => {
  const avito = await startAvito();
  const store = createMemoryStore();
  const states = createMemoryStates(['old']);
  const { baseUrl } = avito;
  const connecting = connectAccount({ baseUrl, credentials, code: 'foreign', state, states, store });
  await expect(connecting).rejects.toMatchObject({
    code,
    message: expect.stringContaining('open the consent'),
  });
  expect(avito.tokenCalls()).toEqual([]);
  expect(await store.load()).toBeNull();
});

test('a code becomes tokens, by which the client works and which it renews', async () => {
  const avito = await startAvito();
  const { baseUrl } = avito;
  const store = createMemoryStore();
  avito.replyToTokenOnce({ body: { access_token: 'A1', expires_in: 86_400, refresh_token: 'R1' } });
  await connectAccount({ baseUrl, credentials, code: 'once', ...begun(), store, clock });
  expect(avito.tokenCalls()[0]?.body).toBe(
    'grant_type=authorization_code&client_id=client&client_secret=s3cret&code=once',
  );
  expect(await store.load()).toMatchObject({ accessToken: 'A1', refreshToken: 'R1' });

  avito.replyOnce({ status: 403 });
  avito.replyToTokenOnce({ body: { access_token: 'A2', expires_in: 86_400, refresh_token: 'R2' } });
  avito.replyOnce({ body: { id: USER_ID } });
  await createAvitoClient({ baseUrl, credentials, tokenStore: store, clock }).getSelf();
  expect(avito.tokenCalls()[1]?.body).toBe(
    'grant_type=refresh_token&client_id=client&client_secret=s3cret&refresh_token=R1',
  );
  expect(avito.apiCalls().map(({ header }) => header('authorization'))).toEqual(['Bearer A1', 'Bearer A2']);
  expect(await store.load()).toMatchObject({ accessToken: 'A2', refreshToken: 'R2' });
});

test.each([
  [400, 'avito.bad-code'],
  [401, 'avito.bad-credentials'],
])('a code refused by %i is %s', async (status, code) => {
  const avito = await startAvito();
  avito.replyToTokenOnce({ status });
  const store = createMemoryStore();
  const connecting = connectAccount({ baseUrl: avito.baseUrl, credentials, code: 'used', ...begun(), store });
  await expect(connecting).rejects.toMatchObject({ code, isRetryable: false });
  expect(await store.load()).toBeNull();
});

describe('the account of a consent', () => {
  async function connectAs(answer: { status?: number; body?: unknown }) {
    const avito = await startAvito();
    avito.replyToTokenOnce({ body: { access_token: 'A1', expires_in: 86_400, refresh_token: 'R1' } });
    avito.replyOnce(answer);
    const store = createMemoryStore();
    const { baseUrl } = avito;
    return {
      store,
      connecting: connectAccount({ baseUrl, credentials, code: 'once', ...begun(), store, userId: USER_ID }),
    };
  }

  test('that is another one than was meant: its tokens are not stored', async () => {
    const { store, connecting } = await connectAs({ body: { id: 7 } });
    await expect(connecting).rejects.toMatchObject({
      code: 'avito.other-account',
      message: expect.stringMatching(`account 7, not of ${USER_ID}`),
    });
    expect(await store.load()).toBeNull();
  });

  test.each([
    ['is the one that was meant', { body: { id: USER_ID } }],
    ['may not be asked about', { status: 403 }],
    ['is not told', { body: { name: 'x' } }],
  ])('that %s: its tokens are stored', async (_name, answer) => {
    const { store, connecting } = await connectAs(answer);
    await connecting;
    expect(await store.load()).toMatchObject({ refreshToken: 'R1' });
  });
});

test('an answer without a refresh token is a bad body', async () => {
  const avito = await startAvito();
  avito.replyToTokenOnce({ body: { access_token: 'A1', expires_in: 86_400 } });
  const connecting = connectAccount({
    baseUrl: avito.baseUrl,
    credentials,
    code: 'once',
    ...begun(),
    store: createMemoryStore(),
  });
  await expect(connecting).rejects.toMatchObject({ code: 'avito.bad-body' });
});

test.each([
  [400, 'avito.token-revoked', false],
  [401, 'avito.bad-credentials', false],
  [429, 'avito.rate-limited', true],
  [503, 'avito.server-error', true],
])('a renewal refused by %i is %s, and nothing is sent', async (status, code, isRetryable) => {
  const avito = await startAvito();
  avito.replyToTokenOnce({ status });
  const tokenStore = createMemoryStore({
    accessToken: 'A1',
    refreshToken: 'R1',
    expiresAt: new Date(NOW_MS),
  });
  const client = createAvitoClient({ baseUrl: avito.baseUrl, credentials, tokenStore, clock });
  expect(await client.sendText({ userId: USER_ID, chatId: 'u2i-1', text: 'Да' })).toMatchObject({
    outcome: 'not-sent',
    error: { code, isRetryable },
  });
  expect(avito.apiCalls()).toEqual([]);
});
