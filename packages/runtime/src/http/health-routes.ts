import { Router } from 'express';
import { type Registry } from 'prom-client';
import { errorCode } from '../errors.ts';
import type { Logger } from '../logger.ts';

type HealthOptions = {
  /** Throws when only a restart can help; without it, a process that answers is alive. */
  assertAlive?: () => void;
  /** What must work before this process may take traffic; each resolves or throws. */
  checks: Record<string, () => Promise<unknown>>;
  registry: Registry;
  logger: Logger;
};

/** `/healthz`: the process lives and does its work, else 503 with the code. `/readyz`: 200 when all checks pass, else 503 with the codes. `/metrics`: Prometheus text. */
export function healthRoutes({ assertAlive, checks, registry, logger }: HealthOptions): Router {
  const router = Router();
  router.get('/healthz', (_request, response) => {
    try {
      assertAlive?.();
      response.json({ status: 'ok' });
    } catch (error) {
      logger.error('liveness check failed', { error });
      response.status(503).json({ status: 'dead', code: errorCode(error) });
    }
  });
  router.get('/readyz', async (_request, response) => {
    const results = await Promise.all(
      Object.entries(checks).map(async ([name, check]): Promise<[string, string]> => {
        try {
          await check();
          return [name, 'ok'];
        } catch (error) {
          logger.warn('readiness check failed', { check: name, error });
          return [name, errorCode(error)];
        }
      }),
    );
    const ready = results.every(([, result]) => result === 'ok');
    response
      .status(ready ? 200 : 503)
      .json({ status: ready ? 'ok' : 'unavailable', checks: Object.fromEntries(results) });
  });
  router.get('/metrics', async (_request, response) => {
    response.type(registry.contentType).send(await registry.metrics());
  });
  return router;
}
