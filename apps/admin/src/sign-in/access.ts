import type { Clock } from '@avito-autoreply/runtime';
import { bearerKey, isApiKey, sessionKey } from './api-key.ts';
import type { GuessLimiter } from './guess-limiter.ts';
import { isSameOrigin } from './same-origin.ts';
import { createSession, isValidSession, readSessionCookie } from './session-cookie.ts';

export type Credentials = {
  method: string;
  host: string;
  address: string;
  authorization?: string | undefined;
  cookie?: string | undefined;
  origin?: string | undefined;
  site?: string | undefined;
};

export type Verdict =
  | { kind: 'welcome' }
  | { kind: 'no-key' }
  | { kind: 'wrong-key' }
  | { kind: 'too-many-attempts'; waitMs: number }
  /** A valid session, but another site's page sent the request. */
  | { kind: 'cross-origin' };

type AccessDeps = { apiKey: string; limiter: GuessLimiter; clock: Clock };

/** Who may come in: programs with the key, browsers with a session that the key once opened. */
export function createAccess({ apiKey, limiter, clock }: AccessDeps) {
  const key = sessionKey(apiKey);

  const judgeKey = ({ given, address }: { given: string; address: string }): Verdict => {
    const waitMs = limiter.waitMs(address);
    if (waitMs > 0) return { kind: 'too-many-attempts', waitMs };
    if (isApiKey({ given, apiKey })) return { kind: 'welcome' };
    limiter.failed({ address, guess: given });
    return { kind: 'wrong-key' };
  };

  const judge = (request: Credentials): Verdict => {
    const given = bearerKey(request.authorization);
    if (given !== undefined) return judgeKey({ given, address: request.address });
    const session = readSessionCookie(request.cookie);
    if (session === undefined || !isValidSession({ session, key, nowMs: clock.now() })) {
      return { kind: 'no-key' };
    }
    return isSameOrigin(request) ? { kind: 'welcome' } : { kind: 'cross-origin' };
  };

  return { judge, judgeKey, openSession: () => createSession({ key, nowMs: clock.now() }) };
}

export type Access = ReturnType<typeof createAccess>;
