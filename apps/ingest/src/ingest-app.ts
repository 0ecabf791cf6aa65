import { WEBHOOK_PATH } from '@avito-autoreply/avito/webhook';
import type { Queues } from '@avito-autoreply/queue';
import type { Clock, Logger } from '@avito-autoreply/runtime';
import { createRegistry, errorResponder, healthRoutes, notFoundHandler } from '@avito-autoreply/runtime/http';
import express from 'express';
import type { RequestListener } from 'node:http';
import { createAcceptWebhook } from './accept-webhook.ts';
import type { CaptureRequest } from './capture-request.ts';
import type { IngestWebhook } from './ingest.config.ts';
import { createServeWebhook } from './serve-webhook.ts';
import { createWebhookGates } from './webhook-gates.ts';

type IngestAppOptions = {
  queues: Pick<Queues, 'enqueue' | 'ping'>;
  webhook: IngestWebhook;
  capture?: CaptureRequest | undefined;
  clock: Clock;
  logger: Logger;
};

// A path that says the same in every reading: what is escaped, doubled, in other case or followed by a query is for Express.
const PLAIN_SEGMENTS = /^(?:\/[\w.~-]+){0,2}$/;

/** What follows the webhook's path, where the request names it plainly. */
function plainSegments(path: string): string[] | undefined {
  if (!path.startsWith(WEBHOOK_PATH)) return undefined;
  const rest = path.slice(WEBHOOK_PATH.length);
  return PLAIN_SEGMENTS.test(rest) ? rest.split('/').slice(1) : undefined;
}

/**
 * The public HTTP server, built but not listening. `POST /api/v1/webhooks/avito/messages[/<token>]`, with an accounts
 * file `…/messages/<account_id>[/<token>]` as well, is served past Express, whose way costs more than all checks of the
 * webhook; a path that leads to no gate does not exist.
 */
export function createIngestApp({
  queues,
  webhook,
  capture,
  clock,
  logger,
}: IngestAppOptions): RequestListener {
  const registry = createRegistry({ service: 'ingest' });
  const serveWebhook = createServeWebhook({
    acceptWebhook: createAcceptWebhook({ queues, clock, logger }),
    openGates: createWebhookGates(webhook),
    registry,
    capture,
    logger,
  });
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  for (const path of ['', '/:first', '/:first/:second']) {
    app.post(`${WEBHOOK_PATH}${path}`, (request, response, next) => {
      if (!serveWebhook(request, response, Object.values(request.params))) next();
    });
  }
  app.use(healthRoutes({ checks: { queue: () => queues.ping() }, registry, logger }));
  app.use(notFoundHandler());
  app.use(errorResponder({ logger }));
  return (request, response) => {
    const { method, url = '' } = request;
    const segments = method === 'POST' ? plainSegments(url) : undefined;
    if (segments === undefined || !serveWebhook(request, response, segments)) app(request, response);
  };
}
