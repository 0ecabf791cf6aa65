import type { Clock } from '@avito-autoreply/runtime';
import { AvitoApiError, AvitoError, AvitoRequestError } from '../errors.ts';
import {
  type AccessToken,
  createTokenProvider,
  RENEW_EARLY_MS,
  type TokenProvider,
} from './token-provider.ts';
import type { RequestToken } from './token-request.ts';
import { failOnStore, lifetimeOf, type StoredTokens, type TokenStore, toStored } from './token-store.ts';

type RefreshingTokensOptions = { requestToken: RequestToken; store: TokenStore; clock: Clock };

/** Tokens, and the refresh token that was used up for them. */
type Renewed = { tokens: StoredTokens; replaces: string };

const isRevoked = (error: unknown) => error instanceof AvitoApiError && error.code === 'avito.token-revoked';

/**
 * Tokens of an account that its owner connected by consent. Each refresh token works once, so renewals run one at a
 * time, and a pair that could not be saved is kept and saved before anything else happens: asking again with the old
 * one would lose the account. Make one provider per account.
 */
export function createRefreshingTokens({
  requestToken,
  store,
  clock,
}: RefreshingTokensOptions): TokenProvider {
  let refusedToken: string | undefined;
  let voidRefreshToken: string | undefined;
  let unsaved: Renewed | undefined;
  let lastRenewal: Promise<unknown> = Promise.resolve();

  const isUsable = (tokens: StoredTokens) =>
    tokens.accessToken !== refusedToken && lifetimeOf(tokens, clock) > RENEW_EARLY_MS;

  const save = async (renewed: Renewed): Promise<void> => {
    unsaved = renewed;
    await store.save(renewed.tokens, { replaces: renewed.replaces }).catch(failOnStore);
    unsaved = undefined;
  };

  const load = async (): Promise<StoredTokens> => {
    if (unsaved !== undefined) {
      const { tokens } = unsaved;
      await save(unsaved);
      return tokens;
    }
    const tokens = await store.load().catch(failOnStore);
    if (tokens !== null) return tokens;
    throw new AvitoRequestError('no tokens are stored: connect the account by its owner’s consent first', {
      code: 'avito.not-connected',
    });
  };

  const refresh = async ({ refreshToken }: StoredTokens): Promise<StoredTokens> => {
    const requestedAtMs = clock.now();
    const granted = await requestToken({ grant_type: 'refresh_token', refresh_token: refreshToken });
    const tokens = toStored({ granted, requestedAtMs });
    await save({ tokens, replaces: refreshToken });
    return tokens;
  };

  const renewUnlessDone = async (): Promise<StoredTokens> => {
    const tokens = await load();
    // Somebody else may have renewed them: a call before this one, another process, or the owner anew.
    if (isUsable(tokens)) return tokens;
    if (tokens.refreshToken === voidRefreshToken) {
      throw new AvitoRequestError('the consent of this account was revoked: connect it again by hand', {
        code: 'avito.token-revoked',
      });
    }
    try {
      return await refresh(tokens);
    } catch (error) {
      if (!isRevoked(error)) throw error;
      // Void as well when another process has used it a moment ago, whose tokens are then in the store.
      const latest = await load();
      if (latest.refreshToken !== tokens.refreshToken && isUsable(latest)) return latest;
      voidRefreshToken = tokens.refreshToken;
      throw error;
    }
  };

  const renew = async (): Promise<StoredTokens> => {
    if (store.exclusively === undefined) return renewUnlessDone();
    // Usually it is another process that has renewed them, and nobody needs to wait for his turn.
    const tokens = await load();
    if (isUsable(tokens)) return tokens;
    return store.exclusively(renewUnlessDone).catch((error: unknown) => {
      if (error instanceof AvitoError) throw error;
      return failOnStore(error);
    });
  };

  const fetchToken = async (): Promise<AccessToken> => {
    // An invalidation may ask for a second renewal while one is under way; it then finds what the first one got.
    const renewal = lastRenewal.then(renew, renew);
    lastRenewal = renewal.catch(() => {});
    const tokens = await renewal;
    return { value: tokens.accessToken, lifetimeMs: lifetimeOf(tokens, clock) };
  };

  const provider = createTokenProvider({ fetchToken, clock });
  return {
    getToken: provider.getToken,
    invalidate: (token) => {
      refusedToken = token;
      provider.invalidate(token);
    },
    state: () => ({ ...provider.state(), hasRefreshToken: true }),
  };
}
