import { AppError, type Lifecycle, type Logger, systemClock } from '@avito-autoreply/runtime';
import type { Queue } from 'bullmq';
import type { z } from 'zod';
import type { Backend } from './backend.ts';
import { type Bounded, createBounded } from './bounded.ts';
import { countJobs, type JobCounts } from './count-jobs.ts';
import { settledWithin } from './deadline.ts';
import { type JobDefinition, type QueueName, queueNames } from './define-job.ts';
import { createEnqueue, type Enqueue } from './enqueue.ts';
import { eachQueue } from './each-queue.ts';
import { type FailedJobEntry, listFailedJobs, retryFailedJob } from './failed-jobs.ts';
import { createKeepScheduled } from './keep-scheduled.ts';
import { parsePayload } from './parse-payload.ts';
import { createPostgresBackend } from './postgres-backend.ts';
import { type ProcessorOptions, type Processors, startProcessors } from './processors.ts';
import { createRedisBackend } from './redis-backend.ts';
import { holdOf, type QueueHold } from './queue-hold.ts';
import { queueUnavailable } from './queue-errors.ts';
import { type RemovedJobs, type RemoveJobs, removeFinished, removeJobs } from './remove-jobs.ts';

export type QueueBackend =
  /** `prefix` keeps several installations in one Redis apart; BullMQ's `bull` by default. */
  | { kind: 'redis'; url: string; prefix?: string }
  /** `prefix` goes before the queues' names; the schema is BullMQ's own, see `migrateQueueSchema`. */
  | { kind: 'postgres'; url: string; prefix?: string };

export type Queues = {
  /**
   * Adds a job, or finds that its id is taken. Throws AppError `queue.unavailable` (retryable) within
   * `enqueueTimeoutMs`, never later.
   */
  enqueue: Enqueue;
  /** Starts working on all queues. With a lifecycle, stopping is registered. */
  startProcessors: (options: ProcessorOptions) => Promise<Processors>;
  /**
   * Lets a job ring again and again, and sees to it that it does for as long as this process lives, even when the
   * queue's service lost its memory. Calling it again, from any process, changes the rhythm.
   */
  schedule: <Schema extends z.ZodType>(
    definition: JobDefinition<Schema>,
    payload: z.input<Schema>,
    options: { everyMs: number },
  ) => Promise<void>;
  counts: () => Promise<Record<QueueName, JobCounts>>;
  /** What somebody set on the queue board, where anything is. */
  holds: () => Promise<Record<QueueName, QueueHold | undefined>>;
  /** Jobs that failed for good, the latest first. */
  failedJobs: (options?: { limit?: number }) => Promise<FailedJobEntry[]>;
  /** Back into the line as if it were new. Throws `queue.no-such-failed-job`. */
  retryFailed: (job: { queue: QueueName; jobId: string }) => Promise<void>;
  /** Throws AppError `queue.unavailable` unless the service answers. */
  ping: () => Promise<void>;
  /**
   * Removes jobs by what is in them, and the record of what happened to jobs, which names their ids. Throws
   * `queue.unavailable`; then some may be gone, and repeating it takes the others.
   */
  removeJobs: (options: RemoveJobs) => Promise<RemovedJobs>;
  /** Removes jobs that ended so long ago. */
  removeFinished: (options: { olderThanMs: number }) => Promise<void>;
  /** BullMQ's own queue objects, for Bull Board. */
  boardQueues: () => Queue[];
  /** For those without a lifecycle. Drains the processors first; later calls return the same promise. */
  close: () => Promise<void>;
};

type QueueRole = 'producer' | 'worker' | 'viewer';

type ConnectOptions = {
  backend: QueueBackend;
  role: QueueRole;
  logger: Logger;
  lifecycle?: Lifecycle;
  enqueueTimeoutMs?: number;
};

const CLOSE_MS = 3_000;

const defaultTimeoutMs: Record<QueueRole, number> = {
  // Avito waits 2 s for the answer to its webhook; this leaves time for our 503 to arrive.
  producer: 1_500,
  worker: 5_000,
  viewer: 5_000,
};

/**
 * Connects to the queues. On Redis: a worker needs it at the start, a producer or viewer may start without it and
 * finds it later; one that evicts keys is refused (`queue.redis-eviction`), except by viewers. On Postgres: the server
 * and BullMQ's tables must be there (`queue.unavailable`, `queue.schema-missing`).
 */
export async function connectQueues({
  backend: where,
  role,
  logger,
  lifecycle,
  enqueueTimeoutMs = defaultTimeoutMs[role],
}: ConnectOptions): Promise<Queues> {
  const backend = await openBackend({ where, commandTimeoutMs: enqueueTimeoutMs, logger });
  const bounded = createBounded({ backend, ms: enqueueTimeoutMs });
  try {
    await firstLook({ backend, role, bounded, logger });
  } catch (error) {
    await backend.close();
    throw error;
  }

  const started: Processors[] = [];
  const schedules = createKeepScheduled({ bounded, logger, clock: systemClock });
  let closing: Promise<void> | undefined;
  const close = (): Promise<void> => {
    closing ??= (async () => {
      schedules.stop();
      await Promise.all(started.map((processors) => processors.drain()));
      await settledWithin(CLOSE_MS, backend.close());
    })();
    return closing;
  };
  lifecycle?.onShutdown({ name: 'queues', phase: 'disconnect', run: close });

  return {
    enqueue: createEnqueue({ backend, bounded }),
    startProcessors: async (options) => {
      if (closing) throw new AppError('the queues are closed', { code: 'queue.closed' });
      const { processors, ready } = startProcessors({ ...options, backend, bounded, logger });
      started.push(processors);
      // When the shutdown came first nobody waits for it any more.
      ready.catch(() => {});
      try {
        lifecycle?.onShutdown({ name: 'queue intake', phase: 'stop-intake', run: processors.stopIntake });
        lifecycle?.onShutdown({ name: 'jobs in hand', phase: 'drain', run: processors.drain });
        await ready;
      } catch (error) {
        await processors.drain();
        throw error;
      }
      return processors;
    },
    schedule: async (definition, payload, { everyMs }) => {
      const data = parsePayload(definition, payload);
      await schedules.keep({ definition, data, everyMs, queue: backend.queues[definition.queue] });
    },
    counts: () => bounded('counting jobs', () => countJobs(backend.queues)),
    holds: () =>
      bounded('looking at the queues', async () => {
        const found = await Promise.all(
          queueNames.map(async (name) => [name, await holdOf(backend.queues[name])] as const),
        );
        const holds = new Map(found);
        return eachQueue((name) => holds.get(name));
      }),
    failedJobs: ({ limit = 100 } = {}) =>
      bounded('listing failed jobs', () => listFailedJobs(backend.queues, { limit })),
    retryFailed: (job) => bounded('retrying a failed job', () => retryFailedJob(backend.queues, job)),
    ping: () => bounded('a ping', backend.ping),
    removeJobs: async (options) => {
      // It waits for jobs at work, so only the first look is bounded.
      await bounded('removing jobs', backend.ping);
      try {
        const removed = await removeJobs(backend.queues, options);
        if (options.isDryRun !== true) await backend.forgetEvents();
        return removed;
      } catch (cause) {
        throw cause instanceof AppError
          ? cause
          : queueUnavailable({ doing: 'removing jobs', at: backend.at, cause });
      }
    },
    removeFinished: (options) => removeFinished(backend.queues, options),
    boardQueues: () => queueNames.map((name) => backend.queues[name]),
    close,
  };
}

function openBackend({
  where: { kind, url, prefix },
  commandTimeoutMs,
  logger,
}: {
  where: QueueBackend;
  commandTimeoutMs: number;
  logger: Logger;
}): Promise<Backend> {
  switch (kind) {
    case 'redis':
      return Promise.resolve(createRedisBackend({ url, prefix: prefix ?? 'bull', commandTimeoutMs, logger }));
    case 'postgres':
      return createPostgresBackend({ url, prefix: prefix ?? '', commandTimeoutMs, logger });
  }
}

async function firstLook({
  backend,
  role,
  bounded,
  logger,
}: {
  backend: Backend;
  role: QueueRole;
  bounded: Bounded;
  logger: Logger;
}): Promise<void> {
  try {
    await bounded('connecting', backend.check);
  } catch (error) {
    const isAway = error instanceof AppError && error.code === 'queue.unavailable';
    if (role === 'worker' || (role === 'producer' && !isAway)) throw error;
    logger.warn('starting without a sound queue', { error });
  }
}
