import type { Clock } from '@avito-autoreply/runtime';
import { AvitoResponseError, AvitoTokenStoreError } from '../errors.ts';
import type { GrantedTokens } from './token-request.ts';

/** What an account that was connected by consent lives on. Secrets, both. */
export type StoredTokens = {
  accessToken: string;
  /** Works once: after its use only the one stored in its place is good. */
  refreshToken: string;
  expiresAt: Date;
};

/** Keeps the tokens of one account. */
export type TokenStore = {
  load: () => Promise<StoredTokens | null>;
  /**
   * Resolves when the tokens would survive a crash: those they replace are void already. With `replaces`, the refresh
   * token they were got for, a store may leave alone what another process or a new consent has put there meanwhile.
   */
  save: (tokens: StoredTokens, options?: { replaces?: string | undefined }) => Promise<void>;
  /** Runs the work while no other process runs such work for this account. Left out: a process may be refused a token another one has just used, and looks again. */
  exclusively?: <T>(work: () => Promise<T>) => Promise<T>;
};

export const failOnStore = (failure: unknown): never => {
  throw new AvitoTokenStoreError(failure);
};

type ToStored = { granted: GrantedTokens; requestedAtMs: number };

export function toStored({ granted, requestedAtMs }: ToStored): StoredTokens {
  if (granted.refreshToken === null || granted.refreshToken === '') {
    throw new AvitoResponseError('POST /token: no refresh token in the answer', {
      mayHaveTakenEffect: false,
    });
  }
  return {
    accessToken: granted.value,
    refreshToken: granted.refreshToken,
    expiresAt: new Date(requestedAtMs + granted.lifetimeMs),
  };
}

/** The life that is left of stored tokens. */
export const lifetimeOf = ({ expiresAt }: StoredTokens, clock: Clock): number =>
  expiresAt.getTime() - clock.now();
