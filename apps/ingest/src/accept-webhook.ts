import {
  eventKeyOf,
  identifyWebhookEvent,
  storableJson,
  verifySignature,
} from '@avito-autoreply/avito/webhook';
import { type Queues, takeInEvent } from '@avito-autoreply/queue';
import { AppError, type Clock, type Logger } from '@avito-autoreply/runtime';
import type { IncomingHttpHeaders } from 'node:http';
import type { Gate } from './webhook-gates.ts';

/** All that can happen to a webhook request. Only `queue-unavailable` asks Avito to deliver again. */
export type AcceptOutcome =
  | 'accepted'
  | 'duplicate'
  /** Of a kind that we do not understand: kept where the owner sees it, answered by nobody. */
  | 'ignored'
  /** Avito asks whether the address is alive, without a signature. */
  | 'probe'
  | 'bad-signature'
  /** It came through the gate of one account and is an event of another. */
  | 'wrong-account'
  | 'not-json'
  | 'queue-unavailable';

type AcceptDeps = {
  queues: Pick<Queues, 'enqueue'>;
  clock: Clock;
  logger: Logger;
};

export type WebhookRequest = {
  rawBody: Buffer;
  headers: IncomingHttpHeaders;
  /** Those that the request's path leads to. */
  gates: readonly Gate[];
};

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

/** The gates that the signature opens, or what is wrong with it. */
function openedBy({ rawBody, headers, gates }: WebhookRequest): { opened: Gate[]; signature: string } {
  const checks = gates.map((gate) => {
    const { secrets, signatureMode: mode } = gate;
    return { gate, kind: verifySignature({ rawBody, headers, mode, secrets }).kind };
  });
  return {
    opened: checks.filter(({ kind }) => kind === 'valid' || kind === 'not-required').map(({ gate }) => gate),
    signature: checks[0]?.kind ?? 'absent',
  };
}

/** The account whose gate it was, where only one comes into question. */
function accountBehind(gates: readonly Gate[]): number | undefined {
  const [only, another] = new Set(gates.flatMap(({ accountIds }) => [...(accountIds ?? [])]));
  return another === undefined ? only : undefined;
}

/** Verify → parse → enqueue. No business rules: the worker decides what an event means. */
export function createAcceptWebhook({ queues, clock, logger }: AcceptDeps) {
  return async (request: WebhookRequest): Promise<AcceptOutcome> => {
    const { rawBody } = request;
    if (isProbe(rawBody)) return 'probe';
    const { opened, signature } = openedBy(request);
    if (opened.length === 0) {
      logger.warn('webhook refused', { signature, bytes: rawBody.length });
      return 'bad-signature';
    }
    const parsed = parseJson(rawBody);
    if (!parsed.ok) {
      logger.warn('webhook body is not JSON', { bytes: rawBody.length });
      return 'not-json';
    }
    // Postgres, which may hold the queue, takes no NUL characters and no half surrogates.
    const body = storableJson(parsed.json);
    const identity = identifyWebhookEvent(body);
    const behind = accountBehind(opened);
    const named = identity.accountId;
    if (named !== null && !opened.some(({ accountIds }) => accountIds?.has(named) ?? true)) {
      logger.warn('webhook of another account refused', { accountId: named, gateOf: behind });
      return 'wrong-account';
    }
    const eventKey = eventKeyOf({ identity, rawBody, accountId: behind });
    try {
      const { outcome } = await queues.enqueue(takeInEvent, {
        eventKey,
        receivedAt: clock.now(),
        accountId: behind,
        body,
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
    if (identity.kind === 'unrecognized') {
      logger.warn('event not understood', { eventKey, reason: identity.reason });
      return 'ignored';
    }
    logger.debug('event accepted', { eventKey });
    return 'accepted';
  };
}

export type AcceptWebhook = ReturnType<typeof createAcceptWebhook>;
