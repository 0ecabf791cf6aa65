import type { Clock } from '@avito-autoreply/runtime';
import { newToken } from './ids.ts';

export type TokenStore = {
  issue: (token: { accountId: number; ttlSeconds: number }) => string;
  find: (token: string) => { kind: 'valid'; accountId: number } | { kind: 'expired' } | { kind: 'unknown' };
  /** All tokens given out so far, or those of one account, expire now. */
  expire: (accountId?: number) => void;
  clear: () => void;
};

/** Access tokens; several of one account are valid side by side, each until its own end. */
export function createTokenStore({ clock }: { clock: Clock }): TokenStore {
  const tokens = new Map<string, { accountId: number; expiresAt: number }>();
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
    expire: (accountId) => {
      for (const token of tokens.values()) {
        if (accountId === undefined || token.accountId === accountId) token.expiresAt = clock.now();
      }
    },
    clear: () => tokens.clear(),
  };
}
