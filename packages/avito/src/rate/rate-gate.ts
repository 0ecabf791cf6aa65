import type { HttpResponse } from '../http/http-request.ts';
import { retryAfterMs } from '../http/retry-after.ts';

/** Calls that Avito counts together. A listing's limit must not hold up an answer to a buyer. */
export type RateLane = 'messenger' | 'items-list' | 'item-info' | 'other';

/** What an answer says about the limit. */
export type RateFacts = {
  lane: RateLane;
  status: number;
  /** The wait asked for by Retry-After, or by X-RateLimit-* when no call is left; undefined when neither says. */
  retryAfterMs: number | undefined;
};

/**
 * Remembers what Avito said about the limits of one account, so give each account its own. The client asks before
 * each request and reports each answer; it is not called when no answer came. Must not reject.
 */
export type RateGate = {
  /** How long to wait before the next call of this lane, in milliseconds; 0 when it may go. */
  waitMs: (lane: RateLane) => number | Promise<number>;
  note: (facts: RateFacts) => void | Promise<void>;
};

export function laneOf(path: string): RateLane {
  if (path.startsWith('/messenger/')) return 'messenger';
  if (path === '/core/v1/items') return 'items-list';
  return /^\/core\/v1\/accounts\/\d+\/items\//.test(path) ? 'item-info' : 'other';
}

type FactsOf = { path: string; response: HttpResponse; nowMs: number };

export function rateFactsOf({ path, response: { status, header }, nowMs }: FactsOf): RateFacts {
  const isRefusal = status === 429 || status === 503;
  // A success tells its limit as well, and asks for nothing before the last call is used up.
  const asks = isRefusal || Number(header('x-ratelimit-remaining') ?? Number.NaN) === 0;
  return { lane: laneOf(path), status, retryAfterMs: asks ? retryAfterMs(header, nowMs) : undefined };
}
