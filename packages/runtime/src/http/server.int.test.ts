import { once } from 'node:events';
import { connect } from 'node:net';
import express, { type Express } from 'express';
import { describe, expect, onTestFinished, test } from 'vitest';
import { AppError } from '../errors.ts';
import { createLifecycle } from '../lifecycle.ts';
import { silentLogger } from '../logger.ts';
import { errorResponder, healthRoutes, HttpError, listen, notFoundHandler } from './index.ts';
import { createRegistry } from './registry.ts';

async function serve(build: (app: Express) => void): Promise<string> {
  const app = express();
  build(app);
  app.use(notFoundHandler());
  app.use(errorResponder({ logger: silentLogger }));
  const lifecycle = createLifecycle({ logger: silentLogger });
  const { port } = await listen({ app, name: 'test', port: 0, lifecycle });
  onTestFinished(async () => void (await lifecycle.shutdown('test is over')));
  return `http://127.0.0.1:${port}`;
}

const get = async (url: string) => {
  const response = await fetch(url);
  return { status: response.status, body: await response.json() };
};

describe('errors at the border', () => {
  test('an HttpError shows its status, code and message', async () => {
    const url = await serve((app) =>
      app.get('/x', () => {
        throw new HttpError('no such chat', { status: 404, code: 'chat.unknown' });
      }),
    );
    expect(await get(`${url}/x`)).toEqual({
      status: 404,
      body: { error: { code: 'chat.unknown', message: 'no such chat' } },
    });
  });

  test('what nobody expected is a 500 that tells nothing', async () => {
    const url = await serve((app) => app.get('/x', () => Promise.reject(new Error('password is 123'))));
    const { status, body } = await get(`${url}/x`);
    expect(status).toBe(500);
    expect(JSON.stringify(body)).not.toContain('123');
  });

  test('an unknown path and a malformed one have the same shape', async () => {
    const url = await serve((app) => app.get('/chats/:id', (_request, response) => void response.json({})));
    expect(await get(`${url}/nothing`)).toMatchObject({
      status: 404,
      body: { error: { code: 'http.not-found' } },
    });
    expect(await get(`${url}/chats/%ff`)).toMatchObject({
      status: 400,
      body: { error: { code: 'http.bad-url' } },
    });
  });
});

describe('health', () => {
  test('readyz names the check that fails, healthz does not care, metrics are Prometheus text', async () => {
    const url = await serve((app) =>
      app.use(
        healthRoutes({
          checks: {
            queue: () => Promise.reject(new AppError('gone', { code: 'queue.unavailable' })),
            database: async () => {},
          },
          registry: createRegistry({ service: 'test' }),
          logger: silentLogger,
        }),
      ),
    );
    expect(await get(`${url}/healthz`)).toMatchObject({ status: 200 });
    expect(await get(`${url}/readyz`)).toEqual({
      status: 503,
      body: { status: 'unavailable', checks: { queue: 'queue.unavailable', database: 'ok' } },
    });
    expect(await (await fetch(`${url}/metrics`)).text()).toContain('process_cpu_seconds_total');
  });
});

test('healthz is 503 with the code when only a restart can help', async () => {
  const url = await serve((app) =>
    app.use(
      healthRoutes({
        assertAlive: () => {
          throw new AppError('deaf', { code: 'queue.worker-deaf' });
        },
        checks: {},
        registry: createRegistry({ service: 'test' }),
        logger: silentLogger,
      }),
    ),
  );
  expect(await get(`${url}/healthz`)).toEqual({
    status: 503,
    body: { status: 'dead', code: 'queue.worker-deaf' },
  });
});

test('a port that is taken is an error which says so', async () => {
  const url = await serve(() => {});
  const lifecycle = createLifecycle({ logger: silentLogger });
  await expect(
    listen({ app: express(), name: 'second', port: Number(new URL(url).port), lifecycle }),
  ).rejects.toMatchObject({
    code: 'http.cannot-listen',
    message: expect.stringContaining('the port is taken'),
  });
});

describe('a client that takes too long is disconnected', () => {
  /** A server of little patience, and a client that writes by hand: resolves with all that it got when the connection ends. */
  async function talk(lines: string[], patience = { headersMs: 100, requestMs: 200 }): Promise<string> {
    const app = express();
    app.use(express.json());
    app.all('/', (_request, response) => void response.json({ status: 'ok' }));
    const lifecycle = createLifecycle({ logger: silentLogger });
    onTestFinished(async () => void (await lifecycle.shutdown('test is over')));
    const limits = { ...patience, idleMs: 100 };
    const { port } = await listen({ app, name: 'test', port: 0, lifecycle, limits });
    const socket = connect(port, '127.0.0.1');
    let received = '';
    socket.on('data', (chunk) => (received += chunk.toString()));
    socket.on('error', () => {});
    for (const line of lines) socket.write(line);
    await once(socket, 'close');
    return received;
  }

  test('before it says anything', async () => {
    expect(await talk([])).toMatch(/^(HTTP\/1\.1 408|$)/);
  });

  test('between two of its headers', async () => {
    expect(await talk(['POST / HTTP/1.1\r\n', 'host: shop.example\r\n'])).toMatch(/^HTTP\/1\.1 408/);
  });

  test('in the middle of its body', async () => {
    const head =
      'POST / HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n';
    expect(await talk([head, '{"text":'])).toMatch(/^HTTP\/1\.1 408/);
  });

  test('to ask again over a connection that it keeps', async () => {
    const patience = { headersMs: 10_000, requestMs: 20_000 };
    const answer = await talk(['GET / HTTP/1.1\r\nhost: a\r\n\r\n'], patience);
    expect(answer).toMatch(/^HTTP\/1\.1 200/);
    expect(answer).toContain('{"status":"ok"}');
  });
});

describe('shutdown', () => {
  async function start(build: (app: Express) => void) {
    const app = express();
    build(app);
    const lifecycle = createLifecycle({ logger: silentLogger });
    const { port } = await listen({ app, name: 'test', port: 0, lifecycle });
    return { lifecycle, port, url: `http://127.0.0.1:${port}` };
  }

  test('ends connections that are kept alive, and those over which nothing ever came', async () => {
    const { lifecycle, port, url } = await start((app) =>
      app.get('/', (_request, response) => void response.end('x')),
    );
    await (await fetch(url)).text();
    const spare = connect(port, '127.0.0.1');
    await once(spare, 'connect');
    const spareClosed = once(spare, 'close');
    spare.resume();
    await expect(lifecycle.shutdown('test')).resolves.toEqual({ clean: true });
    await spareClosed;
  });

  test('lets a request in hand finish', async () => {
    const { promise: release, resolve } = Promise.withResolvers<void>();
    const { promise: arrived, resolve: arrive } = Promise.withResolvers<void>();
    const { lifecycle, url } = await start((app) =>
      app.get('/', async (_request, response) => {
        arrive();
        await release;
        response.end('whole');
      }),
    );
    const answer = fetch(url).then((response) => response.text());
    await arrived;
    const ended = lifecycle.shutdown('test');
    resolve();
    expect(await answer).toBe('whole');
    await expect(ended).resolves.toEqual({ clean: true });
  });
});
