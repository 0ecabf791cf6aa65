import { AppError, type Logger } from '@avito-autoreply/runtime';
import {
  assertSchemaCompatibility,
  type BackendFactory,
  createPostgresBackend as bullOnPostgres,
  DEFAULT_SCHEMA,
  type PgPool,
  Queue,
  type RedisQueueBackend,
  runMigrations,
  SchemaMigrationRequiredError,
  Worker,
} from 'bullmq';
import { Client, type Pool } from 'pg';
import { type Backend, foundJob } from './backend.ts';
import { type QueueName, queueNames } from './define-job.ts';
import { eachQueue } from './each-queue.ts';
import { openPool } from './postgres-pool.ts';
import { describeUrl, queueUnavailable } from './queue-errors.ts';

type PostgresBackendOptions = { url: string; prefix: string; commandTimeoutMs: number; logger: Logger };

// Each worker keeps one client of the pool for LISTEN; the rest take turns.
const WORKER_POOL_SIZE = queueNames.length + 4;
const COMMAND_POOL_SIZE = 3;

/**
 * The casts bridge BullMQ's types, not its behaviour: its description of a pool does not fit the overloads of pg's
 * (BullMQ's manual hands it over just so), and it names Redis wherever a queue or worker is passed on, while nobody
 * here, nor Bull Board, asks for more than what both backends have.
 */
const onPool =
  (pool: Pool): BackendFactory<RedisQueueBackend> =>
  (name, options, kind) => {
    const connection = pool as unknown as PgPool;
    return bullOnPostgres(name, { ...options, connection }, kind) as unknown as RedisQueueBackend;
  };

async function checkSchema(pool: Pool, at: string): Promise<void> {
  try {
    await assertSchemaCompatibility(pool);
  } catch (error) {
    if (error instanceof SchemaMigrationRequiredError) {
      throw new AppError(`${at} has no tables for the queue: run "npm run db:migrate"`, {
        code: 'queue.schema-missing',
        cause: error,
      });
    }
    throw queueUnavailable({ doing: 'opening the queue', at, cause: error });
  }
}

/**
 * Queues in Postgres, in BullMQ's own schema `bullmq`. Unlike Redis the server must be there at the start, because
 * BullMQ remembers a failed first look for ever; losing it later is survived.
 */
export async function createPostgresBackend({
  url,
  prefix,
  commandTimeoutMs,
  logger,
}: PostgresBackendOptions): Promise<Backend> {
  const at = describeUrl(url);
  const commands = openPool({ url, max: COMMAND_POOL_SIZE, timeoutMs: commandTimeoutMs, logger });
  let working: Pool | undefined;
  const check = (): Promise<void> => checkSchema(commands, at);
  try {
    await check();
  } catch (error) {
    await commands.end();
    throw error;
  }

  const queueName = (name: QueueName): string => (prefix === '' ? name : `${prefix}-${name}`);
  const queues = eachQueue((name) => {
    const queue = new Queue(queueName(name), { connection: {} }, onPool(commands));
    // Without a listener it would throw. The connection reports its outages itself, commands reject.
    queue.on('error', () => {});
    return queue;
  });

  return {
    at,
    queues,
    ready: () => Promise.resolve(),
    check,
    add: async (queue, { name, data, jobId, options }) => {
      // One after the other: over two connections the look could come after the addition.
      const state = await queue.getJobState(jobId);
      await queue.add(name, data, { ...options, jobId });
      return foundJob(state);
    },
    createWorker: (name, process, settings) => {
      working ??= openPool({ url, max: WORKER_POOL_SIZE, timeoutMs: 15_000, logger });
      return new Worker(queueName(name), process, { ...settings, connection: {} }, onPool(working));
    },
    ping: async () => {
      await commands.query('select 1');
    },
    // BullMQ has no call for it on this backend. The columns are those of its `obliterate`.
    forgetEvents: async () => {
      await commands.query(`delete from ${DEFAULT_SCHEMA}.event where queue = any($1)`, [
        queueNames.map(queueName),
      ]);
    },
    close: async () => {
      await Promise.all(Object.values(queues).map((queue) => queue.close()));
      await Promise.all([commands.end(), working?.end()]);
    },
  };
}

/**
 * Creates or updates BullMQ's tables. Safe from several processes at once: BullMQ does it in one transaction under an
 * advisory lock, and whoever comes second finds nothing left to do.
 */
export async function migrateQueueSchema({ url }: { url: string }): Promise<void> {
  const client = new Client({ connectionString: url });
  try {
    await client.connect();
    await runMigrations(client);
  } catch (error) {
    throw queueUnavailable({ doing: 'migrating the queue', at: describeUrl(url), cause: error });
  } finally {
    await client.end();
  }
}
