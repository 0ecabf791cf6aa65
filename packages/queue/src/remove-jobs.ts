import { sleep } from '@avito-autoreply/runtime';
import type { JobType, Queue } from 'bullmq';
import { type QueueName, queueNames } from './define-job.ts';

export type RemoveJobs = {
  matches: (payload: unknown) => boolean;
  /** Milliseconds since the epoch, our clock: later jobs stay. */
  enqueuedBefore: number;
  /** Counts only. */
  isDryRun?: boolean | undefined;
  /** Jobs at work cannot be removed: how long their end is waited for. Default 15 s. */
  waitMs?: number | undefined;
};

export type RemovedJobs = { removed: Record<string, number>; atWork: number };

const STATES: JobType[] = ['waiting', 'prioritized', 'delayed', 'active', 'failed', 'completed'];
const PAGE = 1_000;
const LOOK_EVERY_MS = 200;
const WAIT_MS = 15_000;

type Found = { queue: QueueName; jobId: string };

/** Removes jobs in whatever state by what is in them. */
export async function removeJobs(
  queues: Record<QueueName, Queue>,
  { matches, enqueuedBefore, isDryRun = false, waitMs = WAIT_MS }: RemoveJobs,
): Promise<RemovedJobs> {
  const found: Found[] = [];
  for (const queue of queueNames) {
    const ids = await findJobs(queues[queue], { matches, enqueuedBefore });
    found.push(...ids.map((jobId) => ({ queue, jobId })));
  }
  if (isDryRun) return { removed: countByQueue(found), atWork: 0 };
  let left: Found[] = found;
  const deadline = Date.now() + waitMs;
  for (;;) {
    left = await tryToRemove(queues, left);
    if (left.length === 0 || Date.now() >= deadline) break;
    await sleep(LOOK_EVERY_MS);
  }
  return { removed: countByQueue(found.filter((job) => !left.includes(job))), atWork: left.length };
}

function countByQueue(jobs: readonly Found[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { queue } of jobs) counts[queue] = (counts[queue] ?? 0) + 1;
  return counts;
}

async function findJobs(
  queue: Queue,
  { matches, enqueuedBefore }: Pick<RemoveJobs, 'matches' | 'enqueuedBefore'>,
): Promise<string[]> {
  const ids = new Set<string>();
  for (const state of STATES) {
    for (let start = 0; ; start += PAGE) {
      const jobs = await queue.getJobs([state], start, start + PAGE - 1, true);
      for (const job of jobs) {
        // A job may end, and go, between the list and the look.
        if (job?.id !== undefined && job.timestamp <= enqueuedBefore && matches(job.data)) ids.add(job.id);
      }
      if (jobs.length < PAGE) break;
    }
  }
  return [...ids];
}

/** Returns those that are at work still. */
async function tryToRemove(queues: Record<QueueName, Queue>, jobs: readonly Found[]): Promise<Found[]> {
  const left: Found[] = [];
  for (const job of jobs) {
    const wasRemoved = (await queues[job.queue].remove(job.jobId)) === 1;
    if (!wasRemoved && (await queues[job.queue].getJobState(job.jobId)) !== 'unknown') left.push(job);
  }
  return left;
}

/** In batches, so that a queue of others' work is not held up. */
export async function removeFinished(
  queues: Record<QueueName, Queue>,
  { olderThanMs }: { olderThanMs: number },
): Promise<void> {
  for (const name of queueNames) {
    for (const state of ['completed', 'failed'] as const) {
      let cleaned: string[];
      do cleaned = await queues[name].clean(olderThanMs, PAGE, state);
      while (cleaned.length === PAGE);
    }
  }
}
