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

/**
 * Keeps the tokens of one account. `save` resolves when they would survive a crash: the token they replace is void
 * already.
 */
export type TokenStore = {
  load: () => Promise<StoredTokens | null>;
  save: (tokens: StoredTokens) => Promise<void>;
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
