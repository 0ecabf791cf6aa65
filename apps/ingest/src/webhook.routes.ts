import { createHash, timingSafeEqual } from 'node:crypto';
import { WEBHOOK_PATH } from '@avito-autoreply/avito/webhook';
import { errorBody } from '@avito-autoreply/runtime/http';
import express, { type RequestHandler, Router } from 'express';
import { Counter, Histogram, type Registry } from 'prom-client';
import type { AcceptOutcome, AcceptWebhook } from './accept-webhook.ts';

// Events are a few kilobytes; a text message is at most 1,000 characters.
const MAX_BODY = '256kb';
const RETRY_AFTER_S = 5;

type Refusal = { status: number; code: string; message: string };

const refusals: Partial<Record<AcceptOutcome, Refusal>> &
  Record<'bad-signature' | 'not-json' | 'queue-unavailable', Refusal> = {
  'bad-signature': {
    status: 401,
    code: 'webhook.bad-signature',
    message:
      'The signature header is missing or does not match the body; see AVITO_WEBHOOK_SECRET and AVITO_SIGNATURE_MODE.',
  },
  'not-json': { status: 400, code: 'webhook.not-json', message: 'The body is not valid JSON.' },
  'queue-unavailable': {
    status: 503,
    code: 'webhook.queue-unavailable',
    message: 'The event could not be queued; deliver it again.',
  },
};

const sha256 = (text: string) => createHash('sha256').update(text).digest();

/** Compares digests, so that neither content nor length of the token shows in the time taken. */
function tokenGate(token: string): RequestHandler {
  const expected = sha256(token);
  return (request, _response, next) => {
    const given = request.params['token'];
    next(typeof given === 'string' && timingSafeEqual(sha256(given), expected) ? undefined : 'router');
  };
}

type WebhookRoutesOptions = {
  acceptWebhook: AcceptWebhook;
  token: string | undefined;
  registry: Registry;
};

/** `POST /api/v1/webhooks/avito/messages[/<token>]`; with a token configured, the path without it does not exist. */
export function webhookRoutes({ acceptWebhook, token, registry }: WebhookRoutesOptions): Router {
  const outcomes = new Counter({
    name: 'autoreply_webhooks_total',
    help: 'Webhook requests by outcome',
    labelNames: ['outcome'],
    registers: [registry],
  });
  const seconds = new Histogram({
    name: 'autoreply_webhook_seconds',
    help: 'Time from the whole body read to the answer; Avito waits 2 s',
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2],
    registers: [registry],
  });

  const accept: RequestHandler = async (request, response) => {
    const stop = seconds.startTimer();
    // Without a body express' raw parser leaves no buffer.
    const rawBody = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const outcome = await acceptWebhook({ rawBody, headers: request.headers });
    outcomes.inc({ outcome });
    stop();
    const refusal = refusals[outcome];
    if (refusal === undefined) {
      response.json({ status: outcome });
      return;
    }
    if (outcome === 'queue-unavailable') response.set('retry-after', String(RETRY_AFTER_S));
    response.status(refusal.status).json(errorBody(refusal));
  };

  const router = Router();
  // Raw bytes whatever the content type says: the probe comes form-encoded, and the signature covers bytes.
  const rawBody = express.raw({ type: () => true, limit: MAX_BODY, inflate: false });
  if (token === undefined) router.post(WEBHOOK_PATH, rawBody, accept);
  else router.post(`${WEBHOOK_PATH}/:token`, tokenGate(token), rawBody, accept);
  return router;
}
