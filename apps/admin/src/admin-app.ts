import type { Alert } from '@avito-autoreply/database';
import type { Queues } from '@avito-autoreply/queue';
import { AppError, type Clock, type Logger } from '@avito-autoreply/runtime';
import { createRegistry, errorResponder, healthRoutes, notFoundHandler } from '@avito-autoreply/runtime/http';
import express, { type ErrorRequestHandler, type Express } from 'express';
import { statusOf } from './api/error-status.ts';
import { mountRoutes } from './api/mount-routes.ts';
import { openapiDocument } from './api/openapi.ts';
import type { Route } from './api/route.ts';
import { answeringExamples } from './examples/answering.examples.ts';
import { avitoExamples } from './examples/avito.examples.ts';
import { knowledgeExamples } from './examples/knowledge.examples.ts';
import { ownExamples } from './examples/own.examples.ts';
import { docsRoutes } from './docs.routes.ts';
import type { AccountGlance } from './pages/start-page.ts';
import { queueBoard } from './queue-board.ts';
import { securityHeaders } from './security-headers.ts';
import { createAccess } from './sign-in/access.ts';
import { gate } from './sign-in/gate.ts';
import { createGuessLimiter } from './sign-in/guess-limiter.ts';
import { signInRoutes } from './sign-in/sign-in.routes.ts';
import { startRoutes } from './start.routes.ts';

type AdminAppOptions = {
  apiKey: string;
  routes: readonly Route[];
  queues: Pick<Queues, 'boardQueues' | 'counts' | 'ping'>;
  glance: () => Promise<AccountGlance[]>;
  openAlerts: () => Promise<Alert[]>;
  pingDatabase: () => Promise<unknown>;
  clock: Clock;
  logger: Logger;
};

const retryAfter: ErrorRequestHandler = (error, _request, response, next) => {
  if (error instanceof AppError && error.retryAfterMs !== undefined && !response.headersSent) {
    response.set('retry-after', String(Math.ceil(error.retryAfterMs / 1_000)));
  }
  next(error);
};

/** The private HTTP server, built but not listening. Everything below the gate needs the key. */
export function createAdminApp({
  apiKey,
  routes,
  queues,
  glance,
  openAlerts,
  pingDatabase,
  clock,
  logger,
}: AdminAppOptions): Express {
  const access = createAccess({ apiKey, limiter: createGuessLimiter({ clock }), clock });
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  // A reverse proxy beside us or in the same private network says whether the browser came by https, and from where.
  app.set('trust proxy', 'loopback, linklocal, uniquelocal');
  app.use(securityHeaders);

  app.use('/metrics', gate(access));
  app.use(
    healthRoutes({
      checks: { queue: () => queues.ping(), database: pingDatabase },
      registry: createRegistry({ service: 'admin' }),
      logger,
    }),
  );
  app.use('/assets', express.static(`${import.meta.dirname}/assets`, { index: false, redirect: false }));
  app.use(signInRoutes(access));

  app.use(gate(access));
  app.use(startRoutes({ queues, glance, openAlerts, logger }));
  app.use(
    docsRoutes(
      openapiDocument(routes, {
        ...avitoExamples,
        ...knowledgeExamples,
        ...ownExamples,
        ...answeringExamples,
      }),
    ),
  );
  app.use(mountRoutes(routes));
  app.use(queueBoard({ queues: queues.boardQueues(), basePath: '/queues' }));
  app.use(notFoundHandler());
  app.use(retryAfter);
  app.use(errorResponder({ logger, statusOf }));
  return app;
}
