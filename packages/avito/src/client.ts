import { type Clock, type Logger, silentLogger, systemClock } from '@avito-autoreply/runtime';
import { createApi } from './api.ts';
import { createClientCredentialsGrant, type Credentials } from './auth/client-credentials.ts';
import { createTokenProvider, type TokenProvider } from './auth/token-provider.ts';
import { createHttpClient } from './http/http-client.ts';
import { accountCalls } from './messenger/account.ts';
import { blacklistCalls } from './messenger/blacklist.ts';
import { chatCalls } from './messenger/chats.ts';
import { imageCalls } from './messenger/images.ts';
import { itemCalls } from './messenger/items.ts';
import { messageCalls } from './messenger/messages.ts';
import { sendTextCalls } from './messenger/send-text.ts';
import { subscriptionCalls } from './messenger/subscriptions.ts';
import { voiceCalls } from './messenger/voice.ts';

export type AvitoClientOptions = {
  baseUrl?: string;
  /** For one request, from connecting to the last byte of the answer. */
  timeoutMs?: number;
  logger?: Logger;
  clock?: Clock;
} & ({ credentials: Credentials } | { tokens: TokenProvider });

/**
 * The Avito Messenger API for the holder of one set of keys. Calls throw an AvitoError (read `isRetryable`), except
 * `sendText` and `sendImage`, which always say what became of the message. Nothing is retried, bar one repetition with a fresh token.
 */
export function createAvitoClient({
  baseUrl = 'https://api.avito.ru',
  timeoutMs = 10_000,
  logger = silentLogger,
  clock = systemClock,
  ...access
}: AvitoClientOptions) {
  const http = createHttpClient({ baseUrl, timeoutMs });
  const tokens =
    'tokens' in access
      ? access.tokens
      : createTokenProvider({
          fetchToken: createClientCredentialsGrant({ http, credentials: access.credentials, clock }),
          clock,
        });
  const api = createApi({ http, tokens, clock, logger });
  return {
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
