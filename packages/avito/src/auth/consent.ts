import { type Clock, systemClock } from '@avito-autoreply/runtime';
import { z } from 'zod';
import { AvitoError, AvitoRequestError } from '../errors.ts';
import { createHttpClient } from '../http/http-client.ts';
import type { HttpClient, HttpRequest } from '../http/http-request.ts';
import { readJson } from '../http/read-json.ts';
import { isSuccess } from '../http/refusal.ts';
import { numericId } from '../wire/fields.ts';
import { beginState, type ConsentStates, spendState } from './consent-state.ts';
import { type Credentials, createTokenRequest } from './token-request.ts';
import { failOnStore, type TokenStore, toStored } from './token-store.ts';

type BeginConsent = {
  clientId: string;
  states: ConsentStates;
  scopes?: readonly string[];
};

/**
 * The page on which an account's owner lets us in. Avito sends him back to the address registered with the keys, with
 * a code and the state, which `connectAccount` wants both.
 */
export async function beginConsent({
  clientId,
  states,
  scopes = ['messenger:read', 'messenger:write', 'user:read', 'items:info'],
}: BeginConsent): Promise<{ url: string; state: string }> {
  const state = await beginState(states);
  const query = new URLSearchParams({
    response_type: 'code',
    pro_users_flow: 'true',
    client_id: clientId,
    scope: scopes.join(','),
    state,
  });
  return { url: `https://avito.ru/oauth?${query.toString()}`, state };
}

const whose = z.object({ id: numericId });

type WhoseToken = { http: HttpClient; token: string };

/** The account that a token is good for; undefined when Avito does not say. */
async function accountOf({ http, token }: WhoseToken): Promise<number | undefined> {
  const request: HttpRequest = { method: 'GET', path: '/core/v1/accounts/self', isReadOnly: true, token };
  try {
    const response = await http(request);
    return isSuccess(response.status) ? readJson({ request, response, schema: whose }).id : undefined;
  } catch (error) {
    if (error instanceof AvitoError) return undefined;
    throw error;
  }
}

/**
 * Avito's consent page takes whoever is signed in there, which need not be the account that is meant. The code is spent
 * by now: an Avito that cannot tell must not cost the owner his consent.
 */
async function refuseOthers({ userId, ...whoseToken }: WhoseToken & { userId: number }): Promise<void> {
  const id = (await accountOf(whoseToken)) ?? userId;
  if (id === userId) return;
  throw new AvitoRequestError(
    `the consent is that of account ${id}, not of ${userId}: sign in to Avito as ${userId} and consent again`,
    { code: 'avito.other-account' },
  );
}

type ConnectAccount = {
  credentials: Credentials;
  /** As Avito appended it to our address. Works once. */
  code: string;
  /** As it came back beside the code. */
  state: string;
  states: ConsentStates;
  store: TokenStore;
  /** The account that is meant. With it, tokens of another one are not stored. */
  userId?: number;
  baseUrl?: string;
  timeoutMs?: number;
  clock?: Clock;
};

/**
 * Turns the code of a consent into stored tokens. Throws `avito.unknown-state` and `avito.state-expired` where we did
 * not begin this consent, `avito.bad-code` where the code is used or too old, and `avito.other-account` where somebody
 * else has consented. State and code are spent also when the tokens cannot be had or saved.
 */
export async function connectAccount({
  credentials,
  code,
  state,
  states,
  store,
  userId,
  baseUrl = 'https://api.avito.ru',
  timeoutMs = 10_000,
  clock = systemClock,
}: ConnectAccount): Promise<void> {
  await spendState({ states, state });
  const http = createHttpClient({ baseUrl, timeoutMs });
  const requestToken = createTokenRequest({ http, credentials, clock });
  const requestedAtMs = clock.now();
  const granted = await requestToken({ grant_type: 'authorization_code', code });
  if (userId !== undefined) await refuseOthers({ http, token: granted.value, userId });
  await store.save(toStored({ granted, requestedAtMs })).catch(failOnStore);
}
