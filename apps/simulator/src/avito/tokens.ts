import type { Clock } from '@avito-autoreply/runtime';
import { newToken } from './ids.ts';

export type TokenStore = {
  issue: (token: { accountId: number; ttlSeconds: number }) => string;
  find: (token: string) => { kind: 'valid'; accountId: number } | { kind: 'expired' } | { kind: 'unknown' };
  /** A one-time code, as the consent page would hand out. */
  issueCode: (accountId: number) => string;
  issueRefreshToken: (accountId: number) => string;
  /** Uses up a code or refresh token; undefined for one that never was, or was used already. */
  redeem: (grant: { kind: 'code' | 'refresh'; value: string }) => number | undefined;
  /** All access tokens given out so far, or those of one account, expire now. */
  expire: (accountId?: number) => void;
  clear: () => void;
};

/** Access tokens, several of one account valid side by side, each until its own end; codes and refresh tokens work once. */
export function createTokenStore({ clock }: { clock: Clock }): TokenStore {
  const tokens = new Map<string, { accountId: number; expiresAt: number }>();
  const grants = { code: new Map<string, number>(), refresh: new Map<string, number>() };
  const grant = (kind: keyof typeof grants, accountId: number) => {
    const value = newToken();
    grants[kind].set(value, accountId);
    return value;
  };
  return {
    issue: ({ accountId, ttlSeconds }) => {
      const token = newToken();
      tokens.set(token, { accountId, expiresAt: clock.now() + ttlSeconds * 1_000 });
      return token;
    },
    find: (token) => {
      const known = tokens.get(token);
      if (!known) return { kind: 'unknown' };
      if (known.expiresAt <= clock.now()) return { kind: 'expired' };
      return { kind: 'valid', accountId: known.accountId };
    },
    issueCode: (accountId) => grant('code', accountId),
    issueRefreshToken: (accountId) => grant('refresh', accountId),
    redeem: ({ kind, value }) => {
      const accountId = grants[kind].get(value);
      grants[kind].delete(value);
      return accountId;
    },
    expire: (accountId) => {
      for (const token of tokens.values()) {
        if (accountId === undefined || token.accountId === accountId) token.expiresAt = clock.now();
      }
    },
    clear: () => {
      for (const store of [tokens, grants.code, grants.refresh]) store.clear();
    },
  };
}
