import { HttpError } from '@avito-autoreply/runtime/http';
import type { Request, RequestHandler } from 'express';
import type { Access, Credentials, Verdict } from './access.ts';

export function credentialsOf(request: Request): Credentials {
  return {
    method: request.method,
    host: request.host,
    address: request.ip ?? 'unknown',
    authorization: request.headers.authorization,
    cookie: request.headers.cookie,
    origin: request.headers.origin,
    site: request.get('sec-fetch-site'),
  };
}

/** A person's browser asks for pages by name; curl and programs take anything. */
export const wantsPage = (request: Request) => request.accepts(['json', 'html']) === 'html';

/** Why a request is not let in, as an error of the one shape. */
export function refusal(verdict: Exclude<Verdict, { kind: 'welcome' }>): HttpError {
  switch (verdict.kind) {
    case 'no-key':
      return new HttpError(
        'This needs the key: send "Authorization: Bearer <ADMIN_API_KEY>", or sign in at /sign-in with a browser.',
        { status: 401, code: 'auth.required' },
      );
    case 'wrong-key':
      return new HttpError('The key is not the ADMIN_API_KEY of this server.', {
        status: 401,
        code: 'auth.wrong-key',
      });
    case 'too-many-attempts':
      return new HttpError('Too many wrong keys from this address; try again after Retry-After seconds.', {
        status: 429,
        code: 'auth.too-many-attempts',
        retryAfterMs: verdict.waitMs,
      });
    case 'cross-origin':
      return new HttpError(
        'Another site’s page sent this request with your session. Use the pages of this server, or the key.',
        { status: 403, code: 'auth.cross-origin' },
      );
  }
}

/** Lets nobody through without the key or a session; a browser that wants a page is shown to the sign-in. */
export function gate(access: Access): RequestHandler {
  return (request, response, next) => {
    const verdict = access.judge(credentialsOf(request));
    if (verdict.kind === 'welcome') {
      next();
      return;
    }
    const mayFollow = request.method === 'GET' || request.method === 'HEAD';
    if (verdict.kind === 'no-key' && mayFollow && wantsPage(request)) {
      response.redirect(303, `/sign-in?${new URLSearchParams({ next: request.originalUrl }).toString()}`);
      return;
    }
    if (verdict.kind === 'no-key' || verdict.kind === 'wrong-key') response.set('www-authenticate', 'Bearer');
    next(refusal(verdict));
  };
}
