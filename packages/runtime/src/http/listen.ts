import { createServer, type RequestListener, type Server } from 'node:http';
import { AppError } from '../errors.ts';
import type { Lifecycle } from '../lifecycle.ts';
import { trackConnections } from './connections.ts';

type ListenOptions = {
  app: RequestListener;
  name: string;
  /** 0 takes a free one. */
  port: number;
  host?: string;
  lifecycle: Lifecycle;
  /** Where they are other than usual. */
  limits?: Partial<ClientLimits>;
};

/** How long a client may take, in milliseconds. Whoever takes longer is disconnected: slow clients must not hold connections. */
type ClientLimits = {
  /** From the connection, or the request before, to the last header. */
  headersMs: number;
  /** To the last byte of the body. */
  requestMs: number;
  /** Between two requests of a connection that is kept alive. */
  idleMs: number;
};

// Avito's events are a few kilobytes, and its own limit is 2 s. Kept alive a little longer than the minute that usual proxies do.
const DEFAULT_LIMITS: ClientLimits = { headersMs: 5_000, requestMs: 10_000, idleMs: 65_000 };

const portProblems: Record<string, string> = {
  EADDRINUSE: 'the port is taken; stop the other process or choose another port',
  EACCES: 'this user may not open the port; choose one above 1023',
  EADDRNOTAVAIL: 'this machine does not have the address',
};

function listenError({
  error,
  name,
  host,
  port,
}: {
  error: Error;
  name: string;
  host: string;
  port: number;
}): AppError {
  const reason = 'code' in error && typeof error.code === 'string' ? error.code : error.message;
  return new AppError(`${name} cannot listen on ${host}:${port}: ${portProblems[reason] ?? reason}`, {
    code: 'http.cannot-listen',
    cause: error,
  });
}

/**
 * Starts an HTTP server with limits against slow and half-open clients. On shutdown it takes no new connections and
 * lets the requests in hand finish.
 */
export async function listen({
  app,
  name,
  port,
  host = '127.0.0.1',
  lifecycle,
  limits = {},
}: ListenOptions): Promise<{ port: number; server: Server }> {
  const { headersMs, requestMs, idleMs } = { ...DEFAULT_LIMITS, ...limits };
  const server = createServer(
    {
      headersTimeout: headersMs,
      requestTimeout: requestMs,
      keepAliveTimeout: idleMs,
      connectionsCheckingInterval: Math.min(1_000, headersMs),
    },
    app,
  );
  server.maxRequestsPerSocket = 0;
  const connections = trackConnections(server);
  const { promise: listening, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', (error) => reject(listenError({ error, name, host, port })));
  server.listen(port, host, resolve);
  await listening;
  lifecycle.onShutdown({
    name: `${name} http`,
    phase: 'stop-intake',
    run: async () => {
      const { promise: closed, resolve: onClosed } = Promise.withResolvers<void>();
      server.close(() => onClosed());
      connections.endIdle();
      await closed;
    },
  });
  const address = server.address();
  return { port: typeof address === 'object' && address !== null ? address.port : port, server };
}
