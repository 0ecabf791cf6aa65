import { HttpError } from '@avito-autoreply/runtime/http';
import express, { type CookieOptions, type Request, Router } from 'express';
import { z } from 'zod';
import { sendPage } from '../pages/layout.ts';
import { signInPage } from '../pages/sign-in-page.ts';
import type { Access } from './access.ts';
import { credentialsOf, refusal, wantsPage } from './gate.ts';
import { localPath } from './local-path.ts';
import { isSameOrigin } from './same-origin.ts';
import { SESSION_COOKIE, SESSION_MS } from './session-cookie.ts';

const form = z.object({ key: z.string().default(''), next: z.string().optional() });

// Secure only where the browser came by https: plain http on loopback must stay usable.
const cookieOptions = (request: Request): CookieOptions => ({
  httpOnly: true,
  sameSite: 'strict',
  secure: request.secure,
  path: '/',
});

function refuseCrossOrigin(request: Request): void {
  if (!isSameOrigin(credentialsOf(request))) throw refusal({ kind: 'cross-origin' });
}

/** The form for browsers: `GET|POST /sign-in`, `POST /sign-out`. */
export function signInRoutes(access: Access): Router {
  const router = Router();
  const readForm = express.urlencoded({
    extended: false,
    limit: '4kb',
    parameterLimit: 5_000,
    inflate: false,
  });

  router.get('/sign-in', (request, response) => {
    const next = localPath(request.query['next']);
    if (access.judge(credentialsOf(request)).kind === 'welcome') response.redirect(303, next);
    else sendPage(response, signInPage({ next }));
  });

  router.post('/sign-in', readForm, (request, response) => {
    refuseCrossOrigin(request);
    const fields = form.safeParse(request.body ?? {});
    if (!fields.success) {
      throw new HttpError('Send the fields key and next as a form.', {
        status: 400,
        code: 'request.invalid',
      });
    }
    const { address } = credentialsOf(request);
    const next = localPath(fields.data.next);
    const verdict = access.judgeKey({ given: fields.data.key.trim(), address });
    if (verdict.kind === 'welcome') {
      response.cookie(SESSION_COOKIE, access.openSession(), {
        ...cookieOptions(request),
        maxAge: SESSION_MS,
      });
      response.redirect(303, next);
      return;
    }
    const error = refusal(verdict);
    if (!wantsPage(request)) throw error;
    if (verdict.kind === 'too-many-attempts') {
      response.set('retry-after', String(Math.ceil(verdict.waitMs / 1_000)));
    }
    response.status(error.status);
    sendPage(response, signInPage({ next, problem: verdict.kind }));
  });

  router.post('/sign-out', (request, response) => {
    refuseCrossOrigin(request);
    response.clearCookie(SESSION_COOKIE, cookieOptions(request));
    response.redirect(303, '/sign-in');
  });
  return router;
}
