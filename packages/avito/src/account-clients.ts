import { type Clock, type Logger, silentLogger, systemClock } from '@avito-autoreply/runtime';
import { AvitoRequestError } from './errors.ts';
import type { TokenStore } from './auth/token-store.ts';
import { type AvitoClient, createAvitoClient } from './client.ts';
import type { RateStore } from './rate/rate-store.ts';
import { createSharedRateGate } from './rate/shared-rate-gate.ts';

/** An account as it is configured. */
export type AvitoAccount = {
  userId: number;
  clientId: string;
  clientSecret: string;
  /** `client_credentials` (default): the keys are the account's own. `consent`: its owner let us in, and his tokens are stored. */
  grant?: 'client_credentials' | 'consent';
};

type AccountClientsOptions = {
  baseUrl?: string;
  timeoutMs?: number;
  clock?: Clock;
  logger?: Logger;
  /** Limits that all processes share; without it each knows its own. */
  rateStoreOf?: ((userId: number) => RateStore) | undefined;
  /** Needed for accounts connected by consent. */
  tokenStoreOf?: ((userId: number) => TokenStore) | undefined;
};

/**
 * The clients of a process: one per account, so that all of its calls share one token and one gate. Asking for an
 * account's client makes no call, and throws `avito.no-token-store` where its consent could not be used.
 */
export function createAccountClients({
  rateStoreOf,
  tokenStoreOf,
  clock = systemClock,
  logger = silentLogger,
  ...options
}: AccountClientsOptions): (account: AvitoAccount) => AvitoClient {
  const clients = new Map<number, AvitoClient>();

  const tokenStoreFor = ({ userId }: AvitoAccount): TokenStore => {
    if (tokenStoreOf !== undefined) return tokenStoreOf(userId);
    throw new AvitoRequestError(
      `account ${userId} is connected by consent, and nothing keeps its tokens: set DATABASE_URL and AVITO_TOKEN_KEY`,
      { code: 'avito.no-token-store' },
    );
  };

  const create = (account: AvitoAccount): AvitoClient => {
    const { userId, clientId, clientSecret, grant } = account;
    const credentials = { clientId, clientSecret };
    const store = rateStoreOf?.(userId);
    return createAvitoClient({
      ...options,
      clock,
      logger,
      ...(store === undefined ? {} : { rateGate: createSharedRateGate({ store, clock, logger }) }),
      ...(grant === 'consent' ? { credentials, tokenStore: tokenStoreFor(account) } : { credentials }),
    });
  };

  return (account) => {
    const client = clients.get(account.userId) ?? create(account);
    clients.set(account.userId, client);
    return client;
  };
}
