import type { Clock } from '@avito-autoreply/runtime';
import { newToken } from './ids.ts';

type Granted = { accountId: number; scopes?: readonly string[] | undefined };

export type TokenStore = {
  /** Without scopes: good for everything. */
  issue: (token: Granted & { ttlSeconds: number }) => string;
  find: (token: string) => ({ kind: 'valid' } & Granted) | { kind: 'expired' } | { kind: 'unknown' };
  /** A one-time code, as the consent page would hand out. */
  issueCode: (grant: Granted) => string;
  issueRefreshToken: (grant: Granted) => string;
  /** Uses up a code or refresh token; undefined for one that never was, or was used already. */
  redeem: (grant: { kind: 'code' | 'refresh'; value: string }) => Granted | undefined;
  /** All access tokens given out so far, or those of one account, expire now. */
  expire: (accountId?: number) => void;
  clear: () => void;
};

/** Access tokens, several of one account valid side by side, each until its own end; codes and refresh tokens work once. */
export function createTokenStore({ clock }: { clock: Clock }): TokenStore {
  const tokens = new Map<string, Granted & { expiresAt: number }>();
  const grants = { code: new Map<string, Granted>(), refresh: new Map<string, Granted>() };
  const grant = (kind: keyof typeof grants, granted: Granted) => {
    const value = newToken();
    grants[kind].set(value, granted);
    return value;
  };
  return {
    issue: ({ ttlSeconds, ...granted }) => {
      const token = newToken();
      tokens.set(token, { ...granted, expiresAt: clock.now() + ttlSeconds * 1_000 });
      return token;
    },
    find: (token) => {
      const known = tokens.get(token);
      if (!known) return { kind: 'unknown' };
      if (known.expiresAt <= clock.now()) return { kind: 'expired' };
      return { kind: 'valid', accountId: known.accountId, scopes: known.scopes };
    },
    issueCode: (granted) => grant('code', granted),
    issueRefreshToken: (granted) => grant('refresh', granted),
    redeem: ({ kind, value }) => {
      const granted = grants[kind].get(value);
      grants[kind].delete(value);
      return granted;
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
