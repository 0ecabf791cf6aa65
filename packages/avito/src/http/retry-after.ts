import type { HttpResponse } from './http-request.ts';

const MINUTE_MS = 60_000;
// A longer wish is a mistake or a ban; an hour later somebody should have looked.
const LONGEST_WAIT_MS = 60 * MINUTE_MS;

function askedWait(retryAfter: string, nowMs: number): number | undefined {
  if (/^\s*\d+(?:\.\d+)?\s*$/.test(retryAfter)) return Number(retryAfter) * 1_000;
  const date = Date.parse(retryAfter);
  return Number.isNaN(date) ? undefined : date - nowMs;
}

/** Avito's X-RateLimit-Limit counts calls per minute: with none left, the next one fits after an even share of it. */
function shareOfMinute(limit: string | undefined, remaining: string | undefined): number | undefined {
  const perMinute = Number(limit ?? Number.NaN);
  if (!(perMinute >= 1) || Number(remaining ?? 0) > 0) return undefined;
  return MINUTE_MS / perMinute;
}

/** How long a 429 or 503 asks us to wait, in milliseconds; undefined when it does not say. */
export function retryAfterMs(header: HttpResponse['header'], nowMs: number): number | undefined {
  const retryAfter = header('retry-after');
  const wait =
    (retryAfter === undefined ? undefined : askedWait(retryAfter, nowMs)) ??
    shareOfMinute(header('x-ratelimit-limit'), header('x-ratelimit-remaining'));
  return wait === undefined ? undefined : Math.ceil(Math.min(Math.max(wait, 0), LONGEST_WAIT_MS));
}
