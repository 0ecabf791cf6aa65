import { errorCode, errorMessage, type Logger } from '@avito-autoreply/runtime';
import { isNotConnectionError, type Job, UnrecoverableError, type Worker } from 'bullmq';
import type { QueueName } from './define-job.ts';
import { idsOf } from './ids-of.ts';
import { createThrottle } from './throttle.ts';

export type FailedJob = {
  queue: QueueName;
  name: string;
  jobId: string;
  /** As stored; it may be what did not fit the schema. */
  payload: unknown;
  /** Of whom it was, where the payload tells. */
  accountId: number | null;
  attempts: number;
  error: Error;
  code: string;
  reason: string;
};

export type OnFailed = (failed: FailedJob) => Promise<void> | void;

/** Logs what happens to a worker besides its jobs, and reports each job that failed for good, once. */
export function watchWorker({
  worker,
  queue,
  onFailed,
  logger,
}: {
  worker: Worker;
  queue: QueueName;
  onFailed: OnFailed | undefined;
  logger: Logger;
}): void {
  const report = async (failed: FailedJob): Promise<void> => onFailed?.(failed);
  const mayLog = createThrottle({ intervalMs: 10_000 });
  worker.on('error', (error) => {
    // The connection reports its own outages, once each.
    if (isNotConnectionError(error) && mayLog(error.message)) logger.warn('worker error', { queue, error });
  });
  worker.on('stalled', (jobId) =>
    logger.warn('job taken over from a worker that fell silent', { queue, jobId }),
  );
  worker.on('lockRenewalFailed', (jobIds) => {
    // Somebody else has the job by now, or soon will.
    for (const jobId of jobIds) worker.cancelJob(jobId, 'its lock was lost');
  });
  worker.on('failed', (job, error) => {
    // The event fires for every attempt; only the last leaves a time of finishing.
    if (!job?.finishedOn) return;
    const failed = describeFailure(queue, job, error);
    const { payload: _payload, ...fields } = failed;
    logger.error('job failed for good', fields);
    report(failed).catch((reportError: unknown) =>
      logger.error('reporting a failed job failed', { queue, jobId: job.id, error: reportError }),
    );
  });
}

function describeFailure(queue: QueueName, job: Job, thrown: Error): FailedJob {
  // Only our own wrapping is taken off: the cause of an AppError is the driver's error, which has no code of ours.
  const error = thrown instanceof UnrecoverableError && thrown.cause instanceof Error ? thrown.cause : thrown;
  return {
    queue,
    name: job.name,
    jobId: job.id ?? '',
    payload: job.data,
    accountId: idsOf(job.data).accountId ?? null,
    attempts: job.attemptsMade,
    error,
    code: errorCode(error),
    reason: errorMessage(thrown),
  };
}
