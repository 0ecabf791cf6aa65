import type { RequestHandler } from 'express';
import type { Registry } from 'prom-client';
import { errorCode } from '../errors.ts';
import type { Logger } from '../logger.ts';
import { type Answer, jsonAnswer, sendAnswer } from './answer.ts';
import type { Take } from './plain-app.ts';

type HealthOptions = {
  /** Throws when only a restart can help; without it, a process that answers is alive. */
  assertAlive?: () => void;
  /** What must work before this process may take traffic; each resolves or throws. */
  checks: Record<string, () => Promise<unknown>>;
  registry: Registry;
  logger: Logger;
};

/** `/healthz`: the process lives and does its work, else 503 with the code. `/readyz`: 200 when all checks pass, else 503 with the codes. `/metrics`: Prometheus text. */
export function takeHealth({ assertAlive, checks, registry, logger }: HealthOptions): Take {
  const healthz = async (): Promise<Answer> => {
    try {
      assertAlive?.();
      return jsonAnswer(200, { status: 'ok' });
    } catch (error) {
      logger.error('liveness check failed', { error });
      return jsonAnswer(503, { status: 'dead', code: errorCode(error) });
    }
  };
  const readyz = async (): Promise<Answer> => {
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
    return jsonAnswer(ready ? 200 : 503, {
      status: ready ? 'ok' : 'unavailable',
      checks: Object.fromEntries(results),
    });
  };
  const metrics = async (): Promise<Answer> => ({
    status: 200,
    contentType: registry.contentType,
    text: await registry.metrics(),
  });
  const pages = new Map([
    ['/healthz', healthz],
    ['/readyz', readyz],
    ['/metrics', metrics],
  ]);
  return ({ method }, path) => (method === 'GET' || method === 'HEAD' ? pages.get(path)?.() : undefined);
}

/** The same in Express. */
export function healthRoutes(options: HealthOptions): RequestHandler {
  const take = takeHealth(options);
  return async (request, response, next) => {
    const answer = await take(request, request.path);
    if (answer === undefined) next();
    else sendAnswer(response, answer);
  };
}
