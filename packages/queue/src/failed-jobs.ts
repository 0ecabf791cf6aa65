import { AppError } from '@avito-autoreply/runtime';
import type { Job, Queue } from 'bullmq';
import { type QueueName, queueNames } from './define-job.ts';
import { idsOf } from './ids-of.ts';
import { noteRetried } from './in-line-since.ts';

/** A job that failed for good, as its owner sees it. */
export type FailedJobEntry = {
  queue: QueueName;
  jobId: string;
  name: string;
  /** What its last attempt ended with. */
  reason: string;
  attempts: number;
  enqueuedAt: Date;
  failedAt: Date | null;
  /** Of whom it was, where the payload tells. */
  accountId: number | null;
  chatId: string | null;
};

const timeOf = (ms: number | undefined): Date | null => (ms === undefined ? null : new Date(ms));

const entryOf = (queue: QueueName, job: Job): FailedJobEntry => ({
  queue,
  jobId: job.id ?? '',
  name: job.name,
  reason: job.failedReason ?? '',
  attempts: job.attemptsMade,
  enqueuedAt: new Date(job.timestamp),
  failedAt: timeOf(job.finishedOn),
  accountId: null,
  chatId: null,
  ...idsOf(job.data),
});

/** The latest failure first. */
export async function listFailedJobs(
  queues: Record<QueueName, Queue>,
  { limit }: { limit: number },
): Promise<FailedJobEntry[]> {
  const perQueue = await Promise.all(
    queueNames.map(async (name) => {
      const jobs = await queues[name].getFailed(0, limit - 1);
      return jobs.map((job) => entryOf(name, job));
    }),
  );
  return perQueue
    .flat()
    .toSorted((a, b) => (b.failedAt?.getTime() ?? 0) - (a.failedAt?.getTime() ?? 0))
    .slice(0, limit);
}

/** Back into the line as if it were new, with all of its attempts and none of its age. Throws `queue.no-such-failed-job`. */
export async function retryFailedJob(
  queues: Record<QueueName, Queue>,
  { queue, jobId }: { queue: QueueName; jobId: string },
): Promise<void> {
  const job = await queues[queue].getJob(jobId);
  if (job === undefined || !(await job.isFailed())) {
    throw new AppError(`there is no failed job ${jobId} in ${queue}: list those that there are`, {
      code: 'queue.no-such-failed-job',
    });
  }
  // First: should we die in between, the job is still among those that failed.
  await noteRetried(job);
  await job.retry('failed', { resetAttemptsMade: true, resetAttemptsStarted: true });
}
