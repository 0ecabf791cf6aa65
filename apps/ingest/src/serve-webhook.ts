import type { Logger } from '@avito-autoreply/runtime';
import { errorBody, readBody, respondToError, sendJson } from '@avito-autoreply/runtime/http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Counter, Histogram, type Registry } from 'prom-client';
import type { AcceptOutcome, AcceptWebhook } from './accept-webhook.ts';
import type { CaptureRequest } from './capture-request.ts';
import type { Gate, OpenGates } from './webhook-gates.ts';

// Events are a few kilobytes; a text message is at most 1,000 characters.
const MAX_BODY_BYTES = 256 * 1_024;
const retryAfter = { 'retry-after': '5' };

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

/**
 * Answers a request whose path goes on with these segments behind that of the webhook. False, and nothing done, where
 * they lead to no gate.
 */
export type ServeWebhook = (
  request: IncomingMessage,
  response: ServerResponse,
  segments: readonly string[],
) => boolean;

type ServeWebhookOptions = {
  acceptWebhook: AcceptWebhook;
  openGates: OpenGates;
  registry: Registry;
  /** Absent where no request is to be captured. */
  capture?: CaptureRequest | undefined;
  logger: Logger;
};

export function createServeWebhook({
  acceptWebhook,
  openGates,
  registry,
  capture,
  logger,
}: ServeWebhookOptions): ServeWebhook {
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

  const accept = async (request: IncomingMessage, gates: readonly Gate[]) => {
    const { headers, url: path = '' } = request;
    // Raw bytes whatever the content type says: the probe comes form-encoded, and the signature covers bytes.
    const rawBody = await readBody(request, { maxBytes: MAX_BODY_BYTES });
    const stop = seconds.startTimer();
    capture?.({ path, headers, rawBody });
    const outcome = await acceptWebhook({ rawBody, headers, gates });
    outcomes.inc({ outcome });
    stop();
    const refusal = refusals[outcome];
    if (refusal === undefined) return { status: 200, body: { status: outcome } };
    const answer = { status: refusal.status, body: errorBody(refusal) };
    return outcome === 'queue-unavailable' ? { ...answer, headers: retryAfter } : answer;
  };

  return (request, response, segments) => {
    const gates = openGates(segments);
    if (gates.length === 0) return false;
    const { method, url: path } = request;
    accept(request, gates).then(
      (answer) => sendJson(response, answer),
      (error: unknown) => respondToError({ error, method, path, response }, { logger }),
    );
    return true;
  };
}
