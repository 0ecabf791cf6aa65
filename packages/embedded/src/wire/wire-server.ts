import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { AppError } from '@avito-autoreply/runtime';
import { type ClientConnection, serveClient, type SharedSession } from './client-connection.ts';
import { DATABASE_NAME } from './client-startup.ts';
import { startupFrame } from './frames.ts';
import { createTurnstile } from './turnstile.ts';

export type WireServer = {
  port: number;
  /** Hangs up on every client, rolls back what they left open and resolves when the session is nobody's. */
  close: () => Promise<void>;
};

type WireServerOptions = Pick<
  SharedSession,
  'execute' | 'password' | 'idleTransactionMs' | 'onSessionLost'
> & {
  host: string;
};

/**
 * Lets many Postgres clients use the one session of PGlite, over TCP.
 *
 * PGlite's own socket server (0.2.17) is not used because it hands over every message singly: outside transactions
 * the Parse, Bind and Execute of two clients mix, and twenty clients with queries of different arity get "bind message
 * supplies 3 parameters, but prepared statement requires 1" or hang; its queue stops for good after the first
 * exception; notifications reach only the client that sent them. Here a client's messages up to Sync (or one simple
 * Query) run as one unit, a client in a transaction keeps the session, and notifications go to those who listen.
 *
 * What a shared session cannot give: session-level SET (visible to all, undone when any client leaves), session-level
 * advisory locks (always granted), COPY FROM STDIN (refused), cancelling a query, `statement_timeout`.
 */
export async function startWireServer({ host, ...options }: WireServerOptions): Promise<WireServer> {
  const clients = new Set<ClientConnection>();
  const session: SharedSession = {
    ...options,
    turnstile: createTurnstile(),
    welcome: await options.execute(startupFrame({ user: 'postgres', database: DATABASE_NAME })),
    publish: (notification) => {
      for (const client of clients) client.notify(notification);
    },
  };

  let lastId = 0;
  const server = createServer((socket) => {
    lastId += 1;
    const client = serveClient({ socket, id: lastId, session });
    clients.add(client);
    void client.gone.then(() => clients.delete(client));
  });

  const port = await new Promise<number>((resolve, reject) => {
    server.once('error', (cause) => {
      const message = `the embedded database cannot listen on ${host}: ${cause.message}`;
      reject(new AppError(message, { code: 'embedded.port', cause }));
    });
    server.listen({ host, port: 0 }, () => resolve((server.address() as AddressInfo).port));
  });

  return {
    port,
    close: async () => {
      server.close();
      for (const client of clients) {
        client.dismiss({ code: '57P01', message: 'the embedded database is shutting down' });
      }
      await Promise.all([...clients].map((client) => client.gone));
    },
  };
}
