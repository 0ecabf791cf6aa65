import { AppError } from '@avito-autoreply/runtime';
import { z } from 'zod';
import { urlField } from './fields.ts';

export const databaseEnv = z.object({
  DATABASE_URL: urlField(['postgres', 'postgresql']).optional(),
});

export const queueEnv = z.object({
  // The queue reads the rest, and says what is wrong with it: a cluster has several hosts, which no URL class knows.
  REDIS_URL: z
    .string()
    .regex(
      /^rediss?(-cluster|-sentinel)?:\/\/./,
      'must be an address starting with redis://, redis-cluster:// or redis-sentinel:// (rediss… with TLS)',
    )
    .optional(),
  QUEUE_BACKEND: z.enum(['redis', 'postgres'], 'must be redis or postgres').optional(),
  /** Keeps several installations apart in one Redis or database. */
  QUEUE_PREFIX: z
    .string()
    .regex(/^[A-Za-z0-9_-]+$/, 'must be letters, digits, - and _')
    .default('avito-autoreply'),
});

export type QueueBackend = { kind: 'redis' | 'postgres'; url: string; prefix: string };

const ALTERNATIVES =
  'Alternatives: `docker compose up` starts both services; QUEUE_BACKEND=postgres uses DATABASE_URL for the queue as well; `npm start` and `npm run demo` bring embedded services of their own.';

/** The database's address, or a refusal that names the variable and the alternatives. */
export function requireDatabaseUrl({ DATABASE_URL }: z.infer<typeof databaseEnv>): string {
  if (DATABASE_URL !== undefined) return DATABASE_URL;
  throw new AppError(
    `DATABASE_URL is not set: this entry point needs PostgreSQL 15 or newer with pgvector 0.8 or newer, e.g. postgres://user:password@host:5432/autoreply. ${ALTERNATIVES}`,
    { code: 'config.no-database' },
  );
}

/** Where the queue lives, or a refusal that names the variables and the alternatives. */
export function requireQueueBackend(
  env: z.infer<typeof queueEnv> & z.infer<typeof databaseEnv>,
): QueueBackend {
  if (env.QUEUE_BACKEND === 'postgres')
    return { kind: 'postgres', url: requireDatabaseUrl(env), prefix: env.QUEUE_PREFIX };
  if (env.REDIS_URL !== undefined) return { kind: 'redis', url: env.REDIS_URL, prefix: env.QUEUE_PREFIX };
  throw new AppError(
    `REDIS_URL is not set: this entry point needs a queue, e.g. redis://localhost:6379. ${ALTERNATIVES}`,
    {
      code: 'config.no-queue',
    },
  );
}
