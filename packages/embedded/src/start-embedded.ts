import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import { AppError, type Logger } from '@avito-autoreply/runtime';
import type { DatabaseChildOptions, RedisChildOptions } from './child-messages.ts';
import { type Child, startChild } from './child-process.ts';
import { EMBEDDED_USER } from './embedded-url.ts';
import { DATABASE_NAME } from './wire/client-startup.ts';

export type Embedded = {
  databaseUrl: string;
  redisUrl: string | undefined;
  queueBackend: 'redis' | 'postgres';
  /** Redis first, then the database; each is killed when it does not stop within ten seconds. */
  stop: () => Promise<void>;
};

export type EmbeddedOptions = {
  /** Where the data stay; without it they last until the stop. */
  dataDir?: string | undefined;
  /** `auto`: a Redis or Valkey server from PATH, where there is one. */
  redis: 'auto' | 'never';
  logger: Logger;
  /** A service ended without being asked to. Nothing brings it back: shut down. */
  onLost?: (error: AppError) => void;
  /** See the docstring of the wire server: how long a client may sit on an open transaction. */
  idleTransactionMs?: number;
};

// The first start writes the database folder, which takes seconds; a recovery after a kill may take more.
const START_DEADLINE_MS = 60_000;
const STOP_DEADLINE_MS = 10_000;
const IDLE_TRANSACTION_MS = 30_000;

/**
 * Starts the zero-service mode: PGlite (PostgreSQL 18 with pgvector and pg_trgm) and, where a server is on PATH, Redis,
 * as child processes on loopback that end with this process, however it ends.
 *
 * For a demo, tests and small bases: all clients share one session (see wire/wire-server.ts for what that rules out),
 * and committed rows survive a kill but not a loss of power.
 *
 * Throws AppError: `embedded.locked` (another process uses the folder), `embedded.data-folder` (not writable, or the
 * database in it does not open), `embedded.redis-failed`, `embedded.port`, `embedded.start-timeout`,
 * `embedded.start-failed`.
 */
export async function startEmbedded({
  dataDir,
  redis: redisMode,
  logger,
  onLost = () => {},
  idleTransactionMs = IDLE_TRANSACTION_MS,
}: EmbeddedOptions): Promise<Embedded> {
  const folder = dataDir === undefined ? undefined : resolve(dataDir);
  const common = {
    logger,
    startDeadlineMs: START_DEADLINE_MS,
    stopDeadlineMs: STOP_DEADLINE_MS,
    onLost,
  };
  const databaseOptions: DatabaseChildOptions = {
    dataDir: folder,
    password: newPassword(),
    idleTransactionMs,
  };
  const redisOptions: RedisChildOptions = { dataDir: folder, password: newPassword() };

  const database = await startChild({
    ...common,
    name: 'embedded database',
    entry: new URL('database.main.ts', import.meta.url),
    options: databaseOptions,
  });
  const startRedis = async (): Promise<Child | undefined> => {
    try {
      return await startChild({
        ...common,
        name: 'embedded redis',
        entry: new URL('redis-guard.main.ts', import.meta.url),
        options: redisOptions,
      });
    } catch (error) {
      if (error instanceof AppError && error.code === 'embedded.no-redis') return undefined;
      await database.stop();
      throw error;
    }
  };
  const redis = redisMode === 'auto' ? await startRedis() : undefined;

  logger.info('embedded services started', {
    folder: folder ?? 'memory',
    databasePort: database.port,
    redisPort: redis?.port,
  });
  const urlOf = (scheme: string, user: string, password: string, port: number): string =>
    `${scheme}://${user}:${password}@127.0.0.1:${port}`;
  return {
    databaseUrl: `${urlOf('postgres', EMBEDDED_USER, databaseOptions.password, database.port)}/${DATABASE_NAME}`,
    redisUrl: redis && urlOf('redis', 'default', redisOptions.password, redis.port),
    queueBackend: redis === undefined ? 'postgres' : 'redis',
    stop: async () => {
      await redis?.stop();
      await database.stop();
    },
  };
}

const newPassword = (): string => randomBytes(18).toString('base64url');
