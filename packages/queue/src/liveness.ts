import { AppError, type Clock, errorCode, type Logger } from '@avito-autoreply/runtime';
import type { Backend } from './backend.ts';
import type { Bounded } from './bounded.ts';
import { type QueueName, queueNames } from './define-job.ts';
import { DelayJob } from './delay-job.ts';
import { eachQueue } from './each-queue.ts';
import type { BoundJob } from './process-job.ts';
import { holdOf, type QueueHold } from './queue-hold.ts';

export type Liveness = {
  /** The job that proves a queue's worker alive; every worker knows it. */
  heartbeatOf: (queue: QueueName) => BoundJob;
  /** Around every job of a queue, heartbeats included. */
  track: <T>(queue: QueueName, run: () => Promise<T>) => Promise<T>;
  /** Throws `queue.worker-deaf` when a worker of this process does no work although its queue can be reached. */
  assertAlive: () => void;
  start: () => void;
  stop: () => void;
};

export type OnHold = (queue: QueueName, hold: QueueHold | undefined) => Promise<void>;

type LivenessOptions = {
  backend: Pick<Backend, 'queues'>;
  bounded: Bounded;
  concurrency: Record<QueueName, number>;
  /** Names this process among those that work on the same queues. */
  workerId: string;
  /** Called once, when this process has been deaf long enough to be replaced. */
  onDeaf?: ((error: AppError) => void) | undefined;
  /** Told at the first look, and of every change; told again with the next look where it throws. */
  onHold?: OnHold | undefined;
  clock: Clock;
  logger: Logger;
};

const HEARTBEAT = 'heartbeat';
const LOOK_EVERY_MS = 10_000;
/** Without any job done for this long a worker with free hands is deaf: six looks, each of which rang for it. */
export const DEAF_AFTER_MS = 60_000;
/**
 * As long as a composition may last: two models that are asked twice each, of which a call may be allowed 600 s, and files
 * to listen to before. With all hands full nothing shorter tells anything. Only where such calls wait in line as well may
 * one last longer: then another begins it anew, and the fence keeps one.
 */
export const LONGEST_JOB_MS = 2_700_000;
/** A base of many pages is read in one job, in a hand of its own: no reason to end the process that answers buyers. */
const stuckAfterMs = (queue: QueueName): number => (queue === 'knowledge' ? Infinity : LONGEST_JOB_MS);
// A heartbeat that an already fed worker finds is left to a hungry one, for this long.
const PASS_ON_FOR_MS = 5_000;
const PASS_ON_AFTER_MS = { least: 150, most: 450 };

/**
 * A worker can go silently deaf: its process lives, answers, and is given no jobs any more. So liveness is work done.
 * A worker that has done nothing for a while rings for itself with a heartbeat through the very queue it works on; who has
 * just worked passes such a heartbeat on, so that each replica gets one.
 *
 * Not deaf is who has all hands full (long compositions), and who cannot reach the queue: that is everybody's
 * trouble, a new process would not mend it, and readiness tells it. Nor is whose queue a person has paused or
 * limited on the board: it gives no jobs to anybody, or not to each, and a heartbeat would take the place of work.
 */
export function createLiveness({
  backend,
  bounded,
  concurrency,
  workerId,
  onDeaf,
  onHold,
  clock,
  logger,
}: LivenessOptions): Liveness {
  const lastDoneAt = eachQueue(() => clock.now());
  const inHand = eachQueue(() => 0);
  // What was told last of each queue.
  const toldHolds = new Map<QueueName, string>();
  // Since when the queue can be reached without a break; undefined while it cannot.
  let reachableSince: number | undefined;
  let lastLookAt = clock.now();
  let timer: NodeJS.Timeout | undefined;
  let isToldDeaf = false;

  const idleMs = (queue: QueueName): number => clock.now() - lastDoneAt[queue];
  const hasFreeHands = (queue: QueueName): boolean => inHand[queue] < concurrency[queue];

  // One per process at a time. In front of the line: a backlog says nothing about the worker.
  const heartbeat = {
    jobId: `${HEARTBEAT}-${workerId}`,
    lifo: true,
    attempts: 1,
    removeOnComplete: true,
    removeOnFail: true,
  };
  const ring = (queue: QueueName) =>
    bounded('a heartbeat', () => backend.queues[queue].add(HEARTBEAT, {}, heartbeat));

  const isHeld = async (queue: QueueName): Promise<boolean> => {
    const hold = await bounded('a look at the queue', () => holdOf(backend.queues[queue]));
    const told = JSON.stringify(hold ?? null);
    if (toldHolds.get(queue) !== told) {
      if (hold) logger.warn('the queue is paused or limited on the board: its jobs wait', { queue, hold });
      try {
        await onHold?.(queue, hold);
        toldHolds.set(queue, told);
      } catch (error) {
        logger.warn('what is set on the board could not be told', { queue, error });
      }
    }
    return hold !== undefined;
  };

  const deafness = (): AppError | undefined => {
    const now = clock.now();
    if (reachableSince === undefined) return undefined;
    for (const queue of queueNames) {
      const limitMs = hasFreeHands(queue) ? DEAF_AFTER_MS : stuckAfterMs(queue);
      const silentMs = now - Math.max(lastDoneAt[queue], reachableSince);
      if (silentMs < limitMs) continue;
      return new AppError(
        `the worker of ${queue} has done nothing for ${Math.round(silentMs / 1_000)} s although the queue answers: restart this process`,
        { code: 'queue.worker-deaf' },
      );
    }
    return undefined;
  };

  const ringForTheIdle = async (): Promise<void> => {
    try {
      for (const queue of queueNames) {
        const isHeldBack = await isHeld(queue);
        if (!hasFreeHands(queue) || idleMs(queue) < LOOK_EVERY_MS) continue;
        // The silence of a queue that is held back counts anew from the end of that.
        if (isHeldBack) lastDoneAt[queue] = clock.now();
        else await ring(queue);
      }
      await bounded('a look at the queue', () => backend.queues.maintenance.getJobCounts('waiting'));
      reachableSince ??= clock.now();
    } catch (error) {
      // The connection reports its outages itself.
      logger.debug('no heartbeat: the queue cannot be reached', { code: errorCode(error) });
      reachableSince = undefined;
    }
  };

  const look = async (): Promise<void> => {
    // The whole process, or the machine, stood still: nothing can be blamed on the workers.
    if (clock.now() - lastLookAt > 3 * LOOK_EVERY_MS) reachableSince = undefined;
    lastLookAt = clock.now();
    await ringForTheIdle();
    const error = deafness();
    if (error && !isToldDeaf) {
      isToldDeaf = true;
      logger.error('this worker is deaf and has to be replaced', { error });
      onDeaf?.(error);
    }
  };

  return {
    heartbeatOf: (queue) => ({
      name: HEARTBEAT,
      maxAgeMs: Infinity,
      isScheduled: true,
      run: async (_data, { enqueuedAt }) => {
        const isFed = idleMs(queue) < LOOK_EVERY_MS / 2;
        const { least, most } = PASS_ON_AFTER_MS;
        if (!isFed || clock.now() - enqueuedAt > PASS_ON_FOR_MS) return;
        throw new DelayJob({
          untilMs: clock.now() + least + Math.random() * (most - least),
          reason: 'for a worker that has done nothing for longer',
        });
      },
    }),
    track: async (queue, run) => {
      inHand[queue] += 1;
      try {
        return await run();
      } finally {
        // A job that failed or was put back is a job that reached us.
        lastDoneAt[queue] = clock.now();
        inHand[queue] -= 1;
      }
    },
    assertAlive: () => {
      const error = deafness();
      if (error) throw error;
    },
    start: () => {
      const again = async (): Promise<void> => {
        await look();
        timer = timer && setTimeout(() => void again(), LOOK_EVERY_MS).unref();
      };
      timer = setTimeout(() => void again(), LOOK_EVERY_MS).unref();
    },
    stop: () => {
      clearTimeout(timer);
      timer = undefined;
      reachableSince = undefined;
    },
  };
}
