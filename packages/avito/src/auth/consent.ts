import { type Clock, systemClock } from '@avito-autoreply/runtime';
import { createHttpClient } from '../http/http-client.ts';
import { type Credentials, createTokenRequest } from './token-request.ts';
import { failOnStore, type TokenStore, toStored } from './token-store.ts';

type ConsentUrl = {
  clientId: string;
  /** What comes back with the code: unguessable, and bound to the visitor's session. */
  state: string;
  scopes?: readonly string[];
};

/** The page on which an account's owner lets us in. Avito sends him back to the address registered with the keys. */
export function consentUrl({
  clientId,
  state,
  scopes = ['messenger:read', 'messenger:write', 'user:read', 'items:info'],
}: ConsentUrl): string {
  const query = new URLSearchParams({
    response_type: 'code',
    pro_users_flow: 'true',
    client_id: clientId,
    scope: scopes.join(','),
    state,
  });
  return `https://avito.ru/oauth?${query.toString()}`;
}

type ConnectAccount = {
  credentials: Credentials;
  /** As Avito appended it to our address. Works once. */
  code: string;
  store: TokenStore;
  baseUrl?: string;
  timeoutMs?: number;
  clock?: Clock;
};

/** Turns the code of a consent into stored tokens. Throws `avito.bad-code` where the code is used or too old. The code is spent also when the tokens cannot be saved. */
export async function connectAccount({
  credentials,
  code,
  store,
  baseUrl = 'https://api.avito.ru',
  timeoutMs = 10_000,
  clock = systemClock,
}: ConnectAccount): Promise<void> {
  const requestToken = createTokenRequest({
    http: createHttpClient({ baseUrl, timeoutMs }),
    credentials,
    clock,
  });
  const requestedAtMs = clock.now();
  const granted = await requestToken({ grant_type: 'authorization_code', code });
  await store.save(toStored({ granted, requestedAtMs })).catch(failOnStore);
}
