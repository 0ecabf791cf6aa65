import { AppError, type Logger } from '@avito-autoreply/runtime';
import { runner } from 'node-pg-migrate';
import type { Client } from 'pg';
import { isLostConnection } from './database-errors.ts';
import { ensureExtensions } from './extensions.ts';
import { MIGRATIONS_TABLE, migrationNames, migrationsFolder } from './migrations-folder.ts';
import { withClient } from './with-client.ts';

// Any number, as long as every replica of ours uses the same one.
const MIGRATION_LOCK = 5_248_460_177;

/**
 * Brings the schema up to date and returns the names of the files that ran. Replicas that start together wait for
 * one another; those that come second find nothing to do. Throws AppErrors `database.*`.
 */
export async function migrate({ url, logger, upTo }: Options & { url: string }): Promise<string[]> {
  return withClient({ url, work: (client) => migrateOn({ client, logger, upTo }) });
}

type Options = {
  logger: Logger;
  /** The last file to run, without `.sql`, for a look at what later ones do; default: all of them. */
  upTo?: string | undefined;
};

async function migrateOn({ client, logger, upTo }: Options & { client: Client }): Promise<string[]> {
  try {
    // One transaction around everything. On Postgres its advisory lock keeps the replicas apart; on PGlite, where all
    // clients are one session and such a lock holds nobody back, the transaction itself does.
    await client.query('begin');
    await client.query('select pg_advisory_xact_lock($1)', [MIGRATION_LOCK]);
    // LOCAL: on PGlite a plain SET would stay with every client.
    await client.query('set local search_path to public');
    await ensureExtensions(client);
    const names = await runPending({ client, logger, upTo });
    await client.query('commit');
    logger.info('the database schema is up to date', { ran: names });
    return names;
  } catch (error) {
    await client.query('rollback').catch(() => {});
    if (error instanceof AppError || isLostConnection(error)) throw error;
    const message = error instanceof Error ? error.message : String(error);
    throw new AppError(`the migration failed and was rolled back: ${message}`, {
      code: 'database.migration-failed',
      cause: error,
    });
  }
}

/** Inside the caller's transaction the runner's own BEGIN is a notice, and its COMMIT, after the last file, ends it. */
async function runPending({ client, logger, upTo }: Options & { client: Client }): Promise<string[]> {
  const later = (await migrationNames()).filter((name) => upTo !== undefined && name > upTo);
  const ran = await runner({
    dbClient: client,
    dir: migrationsFolder,
    // Hidden files beside those that are to wait.
    ignorePattern: ['\\..*', ...later.map((name) => `${name}\\.sql`)].join('|'),
    direction: 'up',
    migrationsTable: MIGRATIONS_TABLE,
    singleTransaction: true,
    noLock: true,
    logger: {
      debug: (message: string) => logger.debug(message),
      info: (message: string) => logger.debug(message),
      warn: (message: string) => logger.warn(message),
      error: (message: string) => logger.error(message),
    },
  });
  return ran.map(({ name }) => name);
}
