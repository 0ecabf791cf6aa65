import type { Lifecycle, Logger } from '@avito-autoreply/runtime';
import { Pool } from 'pg';

type PoolOptions = {
  url: string;
  /** Connections at most. */
  max: number;
  logger: Logger;
  lifecycle?: Lifecycle;
};

// Our statements take milliseconds; one that runs this long hangs or waits for a lock that nobody will release.
const STATEMENT_TIMEOUT_MS = 15_000;
// The client's own limit, for a server that stopped answering altogether. Longer, so that the server speaks first.
const QUERY_TIMEOUT_MS = STATEMENT_TIMEOUT_MS + 5_000;
// A process that was stopped between two statements must not keep a chat locked for everybody else.
const IDLE_IN_TRANSACTION_TIMEOUT_MS = 10_000;
const CONNECT_TIMEOUT_MS = 5_000;

/**
 * A pool of connections; opens none before the first query. The timeouts travel as start-up parameters, which
 * PGlite ignores: a SET would reach every client there, because all of them share one session.
 */
export function createPool({ url, max, logger, lifecycle }: PoolOptions): Pool {
  const pool = new Pool({
    connectionString: url,
    max,
    application_name: 'avito-autoreply',
    statement_timeout: STATEMENT_TIMEOUT_MS,
    query_timeout: QUERY_TIMEOUT_MS,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_TIMEOUT_MS,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
  });
  // Without listeners, a server that closes connections ends the process: the pool reports for idle connections, the
  // client for one that is checked out. The query that suffers from it fails by itself.
  pool.on('error', (error) => logger.warn('an idle Postgres connection was lost', { error }));
  pool.on('connect', (client) => client.on('error', () => {}));
  lifecycle?.onShutdown({ name: 'postgres', phase: 'disconnect', run: () => pool.end() });
  return pool;
}
