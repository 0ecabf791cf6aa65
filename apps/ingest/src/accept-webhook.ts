import { eventKeyOf, parseWebhookEvent, storableJson, verifySignature } from '@avito-autoreply/avito/webhook';
import type { WebhookConfig } from '@avito-autoreply/config';
import { type Queues, takeInEvent } from '@avito-autoreply/queue';
import { AppError, type Clock, type Logger } from '@avito-autoreply/runtime';
import type { IncomingHttpHeaders } from 'node:http';

/** All that can happen to a webhook request. Only `queue-unavailable` asks Avito to deliver again. */
export type AcceptOutcome =
  | 'accepted'
  | 'duplicate'
  /** Of a kind that we do not understand: kept where the owner sees it, answered by nobody. */
  | 'ignored'
  /** Avito asks whether the address is alive, without a signature. */
  | 'probe'
  | 'bad-signature'
  | 'not-json'
  | 'queue-unavailable';

type AcceptDeps = {
  queues: Pick<Queues, 'enqueue'>;
  webhook: Pick<WebhookConfig, 'secrets' | 'signatureMode'>;
  clock: Clock;
  logger: Logger;
};

export type WebhookRequest = { rawBody: Buffer; headers: IncomingHttpHeaders };

// `{}` and white space around it; nothing of this length can be an event.
const isProbe = (rawBody: Buffer) =>
  rawBody.length < 16 && /^\s*(\{\s*\})?\s*$/.test(rawBody.toString('latin1'));

function parseJson(rawBody: Buffer): { ok: true; json: unknown } | { ok: false } {
  try {
    return { ok: true, json: JSON.parse(rawBody.toString('utf8')) };
  } catch {
    return { ok: false };
  }
}

/** Verify → parse → enqueue. No business rules: the worker decides what an event means. */
export function createAcceptWebhook({ queues, webhook, clock, logger }: AcceptDeps) {
  return async ({ rawBody, headers }: WebhookRequest): Promise<AcceptOutcome> => {
    if (isProbe(rawBody)) return 'probe';
    const signature = verifySignature({
      rawBody,
      headers,
      mode: webhook.signatureMode,
      secrets: webhook.secrets,
    });
    if (signature.kind === 'invalid' || signature.kind === 'absent') {
      logger.warn('webhook refused', { signature: signature.kind, bytes: rawBody.length });
      return 'bad-signature';
    }
    const body = parseJson(rawBody);
    if (!body.ok) {
      logger.warn('webhook body is not JSON', { bytes: rawBody.length });
      return 'not-json';
    }
    const parsed = parseWebhookEvent(body.json);
    const eventKey = eventKeyOf({ parsed, rawBody });
    try {
      const { outcome } = await queues.enqueue(takeInEvent, {
        eventKey,
        receivedAt: clock.now(),
        // Postgres, which may hold the queue, takes no NUL characters and no half surrogates.
        body: storableJson(body.json),
      });
      if (outcome === 'duplicate') return 'duplicate';
    } catch (error) {
      // Every failure to enqueue ends here, so that no event is acknowledged that is not in the queue.
      logger.error('event not enqueued', {
        eventKey,
        code: error instanceof AppError ? error.code : undefined,
        error,
      });
      return 'queue-unavailable';
    }
    if (parsed.kind === 'unrecognized') {
      logger.warn('event not understood', { eventKey, reason: parsed.reason });
      return 'ignored';
    }
    logger.debug('event accepted', { eventKey });
    return 'accepted';
  };
}

export type AcceptWebhook = ReturnType<typeof createAcceptWebhook>;
