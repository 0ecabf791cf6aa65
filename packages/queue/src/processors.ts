import { randomUUID } from 'node:crypto';
import { type AppError, type Clock, type Logger, systemClock } from '@avito-autoreply/runtime';
import type { Worker } from 'bullmq';
import type { z } from 'zod';
import type { Backend } from './backend.ts';
import type { Bounded } from './bounded.ts';
import { settledWithin } from './deadline.ts';
import { type QueueName, queueNames } from './define-job.ts';
import { type Jobs, jobs } from './jobs.ts';
import { createLiveness, type OnHold } from './liveness.ts';
import { bindJob, type BoundJob, createProcessJob, type Handler } from './process-job.ts';
import { queueUnavailable } from './queue-errors.ts';
import { retryDelay } from './retry-policies.ts';
import { type OnFailed, watchWorker } from './watch-worker.ts';
import { createWorkInHand } from './work-in-hand.ts';

/** One handler per job of the catalogue: a forgotten one does not compile. */
export type HandlersFor<Catalogue extends Record<string, { schema: z.ZodType }>> = {
  [Name in keyof Catalogue]: Handler<z.output<Catalogue[Name]['schema']>>;
};

export type ProcessorOptions = {
  handlers: HandlersFor<Jobs>;
  /** Jobs in hand at a time, per queue, in this process. */
  concurrency: Record<QueueName, number>;
  /** Called once per job, when it failed for good. */
  onFailed?: OnFailed;
  /** How long work in hand may take at shutdown before its signals are aborted. Default 10 s. */
  drainMs?: number;
  /** Called once when a worker of this process gets no jobs any more although its queue answers. */
  onDeaf?: (error: AppError) => void;
  /** What is set on the board, of each queue: at the start and whenever it changes; undefined when nothing is. */
  onHold?: OnHold;
};

export type Processors = {
  /** Takes no new jobs, but for one per queue whose worker is just looking. Resolves at once. */
  stopIntake: () => Promise<void>;
  /** Waits for work in hand, then aborts it, then closes. Jobs that could not end are run again elsewhere. */
  drain: () => Promise<void>;
  /** For health checks: throws `queue.worker-deaf`, see `onDeaf`. */
  assertAlive: () => void;
};

const DEFAULT_DRAIN_MS = 10_000;
const ABORT_GRACE_MS = 3_000;
const CLOSE_MS = 3_000;

/**
 * A killed worker's job is taken over after its lock has run out and the next check has come by, of which one may be
 * skipped: 8 s at the latest. BullMQ's defaults (30 s and 30 s) take a minute and more. A lock is renewed at half its time, so an event loop that stands
 * still for 5 s loses its jobs to another worker, which is why handlers must be safe to run twice.
 */
const takeover = {
  lockDuration: 5_000,
  stalledInterval: 1_500,
  // How many crashes a job may survive: BullMQ's default of 1 would fail a job for what happened around it. Bounded,
  // because a job that itself brings the process down must not do so for ever.
  maxStalledCount: 20,
};

const bindAll = (handlers: HandlersFor<Jobs>): Record<keyof Jobs, { queue: QueueName; job: BoundJob }> => ({
  takeInEvent: { queue: jobs.takeInEvent.queue, job: bindJob(jobs.takeInEvent, handlers.takeInEvent) },
  composeReply: { queue: jobs.composeReply.queue, job: bindJob(jobs.composeReply, handlers.composeReply) },
  sendReply: { queue: jobs.sendReply.queue, job: bindJob(jobs.sendReply, handlers.sendReply) },
  refreshKnowledge: {
    queue: jobs.refreshKnowledge.queue,
    job: bindJob(jobs.refreshKnowledge, handlers.refreshKnowledge),
  },
  rebuildSpaces: {
    queue: jobs.rebuildSpaces.queue,
    job: bindJob(jobs.rebuildSpaces, handlers.rebuildSpaces),
  },
  sweep: { queue: jobs.sweep.queue, job: bindJob(jobs.sweep, handlers.sweep) },
  checkAccess: { queue: jobs.checkAccess.queue, job: bindJob(jobs.checkAccess, handlers.checkAccess) },
  poll: { queue: jobs.poll.queue, job: bindJob(jobs.poll, handlers.poll) },
  purge: { queue: jobs.purge.queue, job: bindJob(jobs.purge, handlers.purge) },
});

/**
 * The workers begin at once; `ready` resolves when all of them can take jobs. Hold on to `processors` before awaiting it:
 * a shutdown in between must find them.
 */
export function startProcessors({
  backend,
  bounded,
  handlers,
  concurrency,
  onFailed,
  onDeaf,
  onHold,
  drainMs = DEFAULT_DRAIN_MS,
  logger,
  clock = systemClock,
}: ProcessorOptions & { backend: Backend; bounded: Bounded; logger: Logger; clock?: Clock }): {
  processors: Processors;
  ready: Promise<void>;
} {
  const bound = Object.values(bindAll(handlers));
  const inHand = createWorkInHand();
  const workerId = randomUUID();
  const liveness = createLiveness({ backend, bounded, concurrency, workerId, onDeaf, onHold, clock, logger });
  let isStopping = false;

  const startWorker = (queue: QueueName): Worker => {
    const ownJobs = bound.filter((entry) => entry.queue === queue).map((entry) => entry.job);
    ownJobs.push(liveness.heartbeatOf(queue));
    const process = createProcessJob({ queue, bound: ownJobs, clock, logger, isStopping: () => isStopping });
    const worker = backend.createWorker(
      queue,
      (job, token, signal) => inHand.track(liveness.track(queue, () => process(job, token, signal))),
      {
        ...takeover,
        concurrency: concurrency[queue],
        // Seconds after which an idle worker looks by itself, should the call that wakes it be lost with a connection.
        drainDelay: 2,
        runRetryDelay: 1_000,
        settings: {
          backoffStrategy: (attempt, policy) => retryDelay({ policy, attempt, random: Math.random() }),
        },
      },
    );
    watchWorker({ worker, queue, onFailed, logger });
    return worker;
  };
  const workers = queueNames.map(startWorker);
  liveness.start();
  const stopIntake = async (): Promise<void> => {
    liveness.stop();
    await Promise.all(workers.map((worker) => worker.pause(true)));
  };
  const drain = async (): Promise<void> => {
    await stopIntake();
    if (!(await inHand.settled(drainMs))) {
      isStopping = true;
      logger.warn('work in hand is aborted and put back', { jobs: inHand.size() });
      for (const worker of workers) worker.cancelAllJobs('shutting down');
      await inHand.settled(ABORT_GRACE_MS);
    }
    const isIdle = inHand.size() === 0;
    const closed = Promise.all(workers.map((worker) => worker.close(!isIdle)));
    if (await settledWithin(CLOSE_MS, closed)) return;
    logger.warn(
      'the queue does not answer: its workers are let go, what they held is taken over when its locks end',
    );
    for (const worker of workers) void settledWithin(CLOSE_MS, worker.disconnect());
  };
  let draining: Promise<void> | undefined;
  const processors = {
    stopIntake,
    drain: () => (draining ??= drain()),
    assertAlive: liveness.assertAlive,
  };
  const waitUntilReady = async (): Promise<void> => {
    try {
      await Promise.all(workers.map((worker) => worker.waitUntilReady()));
    } catch (error) {
      throw queueUnavailable({ doing: 'starting the workers', at: backend.at, cause: error });
    }
  };
  return { processors, ready: waitUntilReady() };
}
