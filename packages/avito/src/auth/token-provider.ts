import type { Clock } from '@avito-autoreply/runtime';
import { AvitoConnectionError } from '../errors.ts';

// Renewed this long before the end, so that a token does not die on its way.
export const RENEW_EARLY_MS = 60_000;

export type AccessToken = { value: string; lifetimeMs: number };

/** About a token, without the token. */
export type TokenState = {
  /** When the access token ends; null while none is held. */
  expiresAt: Date | null;
  /** Whether a refresh token stands behind it: it came by an owner's consent. */
  hasRefreshToken: boolean;
};

/** Gives the current token and takes back refused ones. Other grants implement the same port. */
export type TokenProvider = {
  /** Rejects with an AvitoError when no token can be had. The signal ends the waiting, not a renewal others wait for. */
  getToken: (options?: { signal?: AbortSignal | undefined }) => Promise<string>;
  /** Forgets this token, and only this one: another call may have renewed it meanwhile. */
  invalidate: (token: string) => void;
  /** What is held now; asks nobody. Absent where the provider cannot tell. */
  state?: () => TokenState;
};

type TokenProviderOptions = { fetchToken: () => Promise<AccessToken>; clock: Clock };

const cancelled = () =>
  new AvitoConnectionError('cancelled by the caller while waiting for an access token', {
    code: 'avito.aborted',
    requestMayHaveArrived: false,
    mayHaveTakenEffect: false,
  });

async function waitFor<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return promise;
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const onAbort = () => reject(cancelled());
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

/** Caches a token until shortly before its end and renews it in a single flight. A failure is not cached. */
export function createTokenProvider({ fetchToken, clock }: TokenProviderOptions): Required<TokenProvider> {
  let generation = 0;
  let cached: { value: string; renewAtMs: number; endsAtMs: number } | undefined;
  let renewal: { generation: number; token: Promise<string> } | undefined;

  const renew = async (startedIn: number): Promise<string> => {
    const startedAtMs = clock.now();
    try {
      const { value, lifetimeMs } = await fetchToken();
      // A renewal begun before an invalidation may bring back the very token that was refused.
      if (startedIn === generation) {
        // Of a short life at least half is used.
        const renewAtMs = startedAtMs + Math.max(lifetimeMs - RENEW_EARLY_MS, lifetimeMs / 2);
        cached = { value, renewAtMs, endsAtMs: startedAtMs + lifetimeMs };
      }
      return value;
    } finally {
      if (renewal?.generation === startedIn) renewal = undefined;
    }
  };

  return {
    getToken: async ({ signal } = {}) => {
      if (signal?.aborted === true) throw cancelled();
      if (cached !== undefined && clock.now() < cached.renewAtMs) return cached.value;
      if (renewal?.generation !== generation) renewal = { generation, token: renew(generation) };
      return waitFor(renewal.token, signal);
    },
    invalidate: (token) => {
      if (cached?.value !== token) return;
      cached = undefined;
      generation += 1;
    },
    state: () => ({
      expiresAt: cached === undefined ? null : new Date(cached.endsAtMs),
      hasRefreshToken: false,
    }),
  };
}
