import { type Clock, type Logger, silentLogger, systemClock } from '@avito-autoreply/runtime';
import { createApi } from './api.ts';
import { createRefreshingTokens } from './auth/refreshing-tokens.ts';
import { createTokenProvider, type TokenProvider, type TokenState } from './auth/token-provider.ts';
import { createTokenRequest, type Credentials } from './auth/token-request.ts';
import type { TokenStore } from './auth/token-store.ts';
import { createHttpClient } from './http/http-client.ts';
import type { HttpClient } from './http/http-request.ts';
import { accountCalls } from './messenger/account.ts';
import { blacklistCalls } from './messenger/blacklist.ts';
import { chatCalls } from './messenger/chats.ts';
import { imageCalls } from './messenger/images.ts';
import { itemCalls } from './messenger/items.ts';
import { messageCalls } from './messenger/messages.ts';
import { sendTextCalls } from './messenger/send-text.ts';
import { subscriptionCalls } from './messenger/subscriptions.ts';
import { voiceCalls } from './messenger/voice.ts';
import { createMemoryRateGate } from './rate/memory-rate-gate.ts';
import type { RateGate } from './rate/rate-gate.ts';

export type AvitoClientOptions = {
  baseUrl?: string;
  /** For one request, from connecting to the last byte of the answer. */
  timeoutMs?: number;
  logger?: Logger;
  clock?: Clock;
  /** Where this account's limits are remembered; by default in the client itself. */
  rateGate?: RateGate;
} & Access;

type Access =
  | {
      credentials: Credentials;
      /** With it, the tokens of a consent are used and renewed; without, the keys are those of the account itself. */
      tokenStore?: TokenStore;
    }
  | { tokens: TokenProvider };

type TokensFor = { access: Access; http: HttpClient; clock: Clock };

function tokensFor({ access, http, clock }: TokensFor): TokenProvider {
  if ('tokens' in access) return access.tokens;
  const { credentials, tokenStore: store } = access;
  const requestToken = createTokenRequest({ http, credentials, clock });
  if (store !== undefined) return createRefreshingTokens({ requestToken, store, clock });
  return createTokenProvider({ fetchToken: () => requestToken({ grant_type: 'client_credentials' }), clock });
}

/**
 * The Avito Messenger API for the holder of one set of keys. Calls throw an AvitoError (read `isRetryable`), except
 * `sendText` and `sendImage`, which always say what became of the message. Nothing is retried, bar one repetition with a fresh token.
 */
export function createAvitoClient({
  baseUrl = 'https://api.avito.ru',
  timeoutMs = 10_000,
  logger = silentLogger,
  clock = systemClock,
  rateGate: gate = createMemoryRateGate({ clock }),
  ...access
}: AvitoClientOptions) {
  const http = createHttpClient({ baseUrl, timeoutMs });
  const tokens = tokensFor({ access, http, clock });
  const api = createApi({ http, tokens, gate, clock, logger });
  return {
    /** About the access token, which is fetched if none is held; null where the provider cannot tell. Never the token. */
    getTokenState: async ({
      signal,
    }: { signal?: AbortSignal | undefined } = {}): Promise<TokenState | null> => {
      await tokens.getToken({ signal });
      return tokens.state?.() ?? null;
    },
    ...accountCalls(api),
    ...chatCalls({ api, logger }),
    ...messageCalls({ api, logger, clock }),
    ...sendTextCalls(api),
    ...imageCalls(api),
    ...voiceCalls(api),
    ...blacklistCalls(api),
    ...itemCalls({ api, logger }),
    ...subscriptionCalls({ api, logger }),
  };
}

export type AvitoClient = ReturnType<typeof createAvitoClient>;
