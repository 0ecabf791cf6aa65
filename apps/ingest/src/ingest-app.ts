import type { Queues } from '@avito-autoreply/queue';
import type { Clock, Logger } from '@avito-autoreply/runtime';
import { createPlainApp, createRegistry, takeHealth } from '@avito-autoreply/runtime/http';
import type { RequestListener } from 'node:http';
import { createAcceptWebhook } from './accept-webhook.ts';
import type { CaptureRequest } from './capture-request.ts';
import type { IngestWebhook } from './ingest.config.ts';
import { takeWebhook } from './take-webhook.ts';
import { createWebhookGates } from './webhook-gates.ts';

type IngestAppOptions = {
  queues: Pick<Queues, 'enqueue' | 'ping'>;
  webhook: IngestWebhook;
  capture?: CaptureRequest | undefined;
  clock: Clock;
  logger: Logger;
};

/** The public HTTP server, built but not listening. */
export function createIngestApp({
  queues,
  webhook,
  capture,
  clock,
  logger,
}: IngestAppOptions): RequestListener {
  const registry = createRegistry({ service: 'ingest' });
  const webhooks = takeWebhook({
    acceptWebhook: createAcceptWebhook({ queues, clock, logger }),
    openGates: createWebhookGates(webhook),
    registry,
    capture,
  });
  const health = takeHealth({ checks: { queue: () => queues.ping() }, registry, logger });
  return createPlainApp({ takes: [webhooks, health], logger });
}
