import { WEBHOOK_PATH } from '@avito-autoreply/avito/webhook';
import { errorBody } from '@avito-autoreply/runtime/http';
import express, { type RequestHandler, Router } from 'express';
import { Counter, Histogram, type Registry } from 'prom-client';
import type { CaptureRequest } from './capture-request.ts';
import type { AcceptOutcome, AcceptWebhook } from './accept-webhook.ts';
import type { Gate, OpenGates } from './webhook-gates.ts';

// Events are a few kilobytes; a text message is at most 1,000 characters.
const MAX_BODY = '256kb';
const RETRY_AFTER_S = 5;

type Refusal = { status: number; code: string; message: string };

const refusals: Partial<Record<AcceptOutcome, Refusal>> &
  Record<'bad-signature' | 'wrong-account' | 'not-json' | 'queue-unavailable', Refusal> = {
  'bad-signature': {
    status: 401,
    code: 'webhook.bad-signature',
    message:
      'The signature header is missing or does not match the body; see AVITO_WEBHOOK_SECRET and AVITO_SIGNATURE_MODE.',
  },
  'wrong-account': {
    status: 403,
    code: 'webhook.wrong-account',
    message: 'The event belongs to another account than the address, token or key that it came with.',
  },
  'not-json': { status: 400, code: 'webhook.not-json', message: 'The body is not valid JSON.' },
  'queue-unavailable': {
    status: 503,
    code: 'webhook.queue-unavailable',
    message: 'The event could not be queued; deliver it again.',
  },
};

type Locals = { gates: readonly Gate[] };
type Handler = RequestHandler<Record<string, string>, unknown, unknown, unknown, Locals>;

type WebhookRoutesOptions = {
  acceptWebhook: AcceptWebhook;
  openGates: OpenGates;
  registry: Registry;
  /** Absent where no request is to be captured. */
  capture?: CaptureRequest | undefined;
};

/**
 * `POST /api/v1/webhooks/avito/messages[/<token>]`, with an accounts file `…/messages/<account_id>[/<token>]` as well.
 * A path that leads to no gate does not exist.
 */
export function webhookRoutes({ acceptWebhook, openGates, registry, capture }: WebhookRoutesOptions): Router {
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

  const enter: Handler = ({ params }, response, next) => {
    const { first, second } = params;
    response.locals.gates = openGates([first, second].filter((segment) => segment !== undefined));
    next(response.locals.gates.length > 0 ? undefined : 'router');
  };

  const accept: Handler = async (request, response) => {
    const stop = seconds.startTimer();
    // Without a body express' raw parser leaves no buffer.
    const rawBody = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    capture?.({ path: request.originalUrl, headers: request.headers, rawBody });
    const outcome = await acceptWebhook({ rawBody, headers: request.headers, gates: response.locals.gates });
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
  for (const path of ['', '/:first', '/:first/:second']) {
    router.post(`${WEBHOOK_PATH}${path}`, enter, rawBody, accept);
  }
  return router;
}
