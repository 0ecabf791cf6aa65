import type { Queues } from '@avito-autoreply/queue';
import type { Clock, Logger } from '@avito-autoreply/runtime';
import { createRegistry, errorResponder, healthRoutes, notFoundHandler } from '@avito-autoreply/runtime/http';
import express, { type Express } from 'express';
import { createAcceptWebhook } from './accept-webhook.ts';
import type { CaptureRequest } from './capture-request.ts';
import type { IngestWebhook } from './ingest.config.ts';
import { createWebhookGates } from './webhook-gates.ts';
import { webhookRoutes } from './webhook.routes.ts';

type IngestAppOptions = {
  queues: Pick<Queues, 'enqueue' | 'ping'>;
  webhook: IngestWebhook;
  capture?: CaptureRequest | undefined;
  clock: Clock;
  logger: Logger;
};

/** The public HTTP server, built but not listening. */
export function createIngestApp({ queues, webhook, capture, clock, logger }: IngestAppOptions): Express {
  const registry = createRegistry({ service: 'ingest' });
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.use(
    webhookRoutes({
      acceptWebhook: createAcceptWebhook({ queues, clock, logger }),
      openGates: createWebhookGates(webhook),
      registry,
      capture,
    }),
  );
  app.use(healthRoutes({ checks: { queue: () => queues.ping() }, registry, logger }));
  app.use(notFoundHandler());
  app.use(errorResponder({ logger }));
  return app;
}
