import type { Logger } from '@avito-autoreply/runtime';
import { DEFAULT_SCHEMA } from 'bullmq';
import { Pool } from 'pg';

/** Connections for BullMQ. Losing the server ends no process: whoever waits for an answer is told so by his query. */
export function openPool({
  url,
  max,
  timeoutMs,
  logger,
}: {
  url: string;
  max: number;
  timeoutMs: number;
  logger: Logger;
}): Pool {
  const pool = new Pool({
    connectionString: url,
    max,
    // BullMQ leaves the search path of a given pool to whoever made it. PGlite ignores this and has it set already.
    options: `-c search_path=${DEFAULT_SCHEMA},public`,
    keepAlive: true,
    connectionTimeoutMillis: timeoutMs,
    query_timeout: timeoutMs,
    application_name: 'avito-autoreply-queue',
  });
  pool.on('error', (error) => logger.warn('an idle connection to the queue was lost', { error }));
  // The pool listens to idle clients only, BullMQ to none: a client in use that loses its server would end the process.
  // Whoever uses it is told by his query, which rejects.
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
}
