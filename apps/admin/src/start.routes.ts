import type { Alert } from '@avito-autoreply/database';
import type { Queues } from '@avito-autoreply/queue';
import type { Logger } from '@avito-autoreply/runtime';
import { Router } from 'express';
import { sendPage } from './pages/layout.ts';
import { type AccountGlance, startPage } from './pages/start-page.ts';

type StartRoutesDeps = {
  queues: Pick<Queues, 'counts'>;
  glance: () => Promise<AccountGlance[]>;
  openAlerts: () => Promise<Alert[]>;
  logger: Logger;
};

/** `GET /`: the figures at a glance. What does not answer is shown as such, and the page comes all the same. */
export function startRoutes({ queues, glance, openAlerts, logger }: StartRoutesDeps): Router {
  const orNothing = async <T>(what: string, pending: Promise<T>): Promise<T | undefined> => {
    try {
      return await pending;
    } catch (error) {
      logger.warn('a figure of the start page is missing', { what, error });
      return undefined;
    }
  };

  const router = Router();
  router.get('/', async (_request, response) => {
    const [counts, accounts, alerts] = await Promise.all([
      orNothing('queues', queues.counts()),
      orNothing('accounts', glance()),
      orNothing('alerts', openAlerts()),
    ]);
    sendPage(response, startPage({ queues: counts, accounts, alerts }));
  });
  return router;
}
