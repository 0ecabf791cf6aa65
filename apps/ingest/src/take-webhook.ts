import { WEBHOOK_PATH } from '@avito-autoreply/avito/webhook';
import { type Answer, errorBody, jsonAnswer, readBody, type Take } from '@avito-autoreply/runtime/http';
import type { IncomingMessage } from 'node:http';
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

type TakeWebhookOptions = {
  acceptWebhook: AcceptWebhook;
  openGates: OpenGates;
  registry: Registry;
  /** Absent where no request is to be captured. */
  capture?: CaptureRequest | undefined;
};

const ADDRESS = new RegExp(`^${WEBHOOK_PATH}((?:/[^/]+){0,2})/?$`, 'i');

/** What follows the webhook's path; undefined where the path is another. Throws URIError for what cannot be decoded. */
function segmentsOf(path: string): string[] | undefined {
  const rest = ADDRESS.exec(path)?.[1];
  return rest?.split('/').slice(1).map(decodeURIComponent);
}

/**
 * `POST /api/v1/webhooks/avito/messages[/<token>]`, with an accounts file `…/messages/<account_id>[/<token>]` as well.
 * A path that leads to no gate does not exist.
 */
export function takeWebhook({ acceptWebhook, openGates, registry, capture }: TakeWebhookOptions): Take {
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

  const accept = async (request: IncomingMessage, gates: readonly Gate[]): Promise<Answer> => {
    const { headers, url: path = '' } = request;
    // Raw bytes whatever the content type says: the probe comes form-encoded, and the signature covers bytes.
    const rawBody = await readBody(request, { maxBytes: MAX_BODY_BYTES });
    const stop = seconds.startTimer();
    capture?.({ path, headers, rawBody });
    const outcome = await acceptWebhook({ rawBody, headers, gates });
    outcomes.inc({ outcome });
    stop();
    const refusal = refusals[outcome];
    if (refusal === undefined) return jsonAnswer(200, { status: outcome });
    return jsonAnswer(
      refusal.status,
      errorBody(refusal),
      outcome === 'queue-unavailable' ? retryAfter : undefined,
    );
  };

  return (request, path) => {
    const segments = request.method === 'POST' ? segmentsOf(path) : undefined;
    if (segments === undefined) return undefined;
    const gates = openGates(segments);
    return gates.length === 0 ? undefined : accept(request, gates);
  };
}
