import type { Clock } from '@avito-autoreply/runtime';
import { Refusal, type Refuse } from '../http/refusal.ts';

const MINUTE_MS = 60_000;

type Call = { endpoint: string; accountId: number; perMinute: number; refuse: Refuse };

export type RateLimiter = {
  /** Counts a call and gives the headers of its answer; throws a 429 with both headers when it is one too many. A limit of 0 is none. */
  count: (call: Call) => Record<string, string>;
  clear: () => void;
};

/** Calls of the last minute per account and endpoint. */
export function createRateLimiter({ clock }: { clock: Clock }): RateLimiter {
  const calls = new Map<string, number[]>();
  return {
    count: ({ endpoint, accountId, perMinute, refuse }) => {
      if (perMinute === 0) return {};
      const key = `${endpoint}:${accountId}`;
      const now = clock.now();
      const recent = (calls.get(key) ?? []).filter((at) => now - at < MINUTE_MS);
      const isRefused = recent.length >= perMinute;
      if (!isRefused) recent.push(now);
      calls.set(key, recent);
      const headers = {
        'x-ratelimit-limit': String(perMinute),
        'x-ratelimit-remaining': String(perMinute - recent.length),
      };
      if (!isRefused) return headers;
      const { status, body } = refuse(429);
      throw new Refusal({ status, body, headers });
    },
    clear: () => calls.clear(),
  };
}
