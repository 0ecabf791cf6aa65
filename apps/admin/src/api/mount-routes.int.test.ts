import { createLifecycle, type Logger, silentLogger } from '@avito-autoreply/runtime';
import { errorResponder, HttpError, listen } from '@avito-autoreply/runtime/http';
import express from 'express';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { fileResponse } from './downloads.ts';
import { mountRoutes } from './mount-routes.ts';
import { defineRoute } from './route.ts';

test('who leaves before the answer is nothing that failed', async () => {
  const errors: string[] = [];
  const logger: Logger = { ...silentLogger, error: (message) => void errors.push(message) };
  const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
  const { promise: over, resolve: end } = Promise.withResolvers<void>();
  const slow = defineRoute({
    method: 'get',
    path: '/api/v1/slow',
    operationId: 'slow',
    tag: 'Test',
    summary: 'Never done',
    response: z.strictObject({}),
    handle: async ({ signal }) => {
      begin();
      const { promise: aborted, resolve } = Promise.withResolvers<void>();
      signal.addEventListener('abort', () => resolve(), { once: true });
      await aborted;
      throw signal.reason;
    },
  });
  const app = express();
  app.use(mountRoutes([slow]));
  const respond = errorResponder({ logger });
  app.use(
    (error: unknown, request: express.Request, response: express.Response, next: express.NextFunction) => {
      respond(error, request, response, next);
      end();
    },
  );
  const lifecycle = createLifecycle({ logger: silentLogger });
  onTestFinished(async () => void (await lifecycle.shutdown('test is over')));
  const { port } = await listen({ app, name: 'test', port: 0, lifecycle });
  const leaving = new AbortController();
  const asked = fetch(`http://127.0.0.1:${port}/api/v1/slow`, { signal: leaving.signal });
  await begun;
  leaving.abort();
  await expect(asked).rejects.toThrow('aborted');
  await over;
  expect(errors).toEqual([]);
});

test('a file that fails before its first byte is an error, later a transfer that breaks off', async () => {
  const fileRoute = (name: string, parts: () => AsyncGenerator<Uint8Array>) =>
    defineRoute({
      method: 'get',
      path: `/api/v1/${name}`,
      operationId: name,
      tag: 'Test',
      summary: name,
      download: { type: 'application/zip', fileName: 'a.zip' },
      response: fileResponse,
      handle: async () => parts(),
    });
  const app = express();
  app.use(
    mountRoutes([
      fileRoute('whole', async function* () {
        yield Buffer.from('all ');
        yield Buffer.from('of it');
      }),
      // oxlint-disable-next-line require-yield -- that is the case
      fileRoute('never', async function* () {
        throw new HttpError('no', { status: 409, code: 'test.no' });
      }),
      fileRoute('half', async function* () {
        yield Buffer.from('half');
        throw new Error('no more');
      }),
    ]),
  );
  app.use(errorResponder({ logger: silentLogger }));
  const lifecycle = createLifecycle({ logger: silentLogger });
  onTestFinished(async () => void (await lifecycle.shutdown('test is over')));
  const { port } = await listen({ app, name: 'test', port: 0, lifecycle });
  const get = (name: string) => fetch(`http://127.0.0.1:${port}/api/v1/${name}`);
  const whole = await get('whole');
  expect([whole.headers.get('content-type'), await whole.text()]).toEqual(['application/zip', 'all of it']);
  const never = await get('never');
  expect([never.status, await never.json()]).toEqual([409, { error: { code: 'test.no', message: 'no' } }]);
  await expect((await get('half')).text()).rejects.toThrow('terminated');
});
