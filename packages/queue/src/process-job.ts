import {
  AppError,
  type Clock,
  errorCode,
  errorMessage,
  type Logger,
  withLogContext,
} from '@avito-autoreply/runtime';
import { DelayedError, type Job, type Processor, UnrecoverableError, WaitingError } from 'bullmq';
import type { z } from 'zod';
import type { JobDefinition } from './define-job.ts';
import { DelayJob } from './delay-job.ts';
import { idsOf } from './ids-of.ts';
import { inLineSince } from './in-line-since.ts';
import { judgeFailure } from './judge-failure.ts';
import { parsePayload } from './parse-payload.ts';

export type JobContext = {
  jobId: string;
  /** 1 for the first try. */
  attempt: number;
  maxAttempts: number;
  isLastAttempt: boolean;
  /** Milliseconds since the epoch; of a job that failed for good, when somebody put it back into the line. */
  enqueuedAt: number;
  /** Keeps no trace of the job once it ends well: what it was about is erased. */
  forget: () => void;
  /** Aborted when the process shuts down and cannot wait any longer, or when the job was taken away. */
  signal: AbortSignal;
};

/** Must be safe to run twice with the same payload: a queue delivers at least once. */
export type Handler<Payload> = (payload: Payload, context: JobContext) => Promise<void>;

/** A definition and its handler with the payload's type closed over. */
export type BoundJob = {
  name: string;
  maxAgeMs: number;
  /** Its schedule rings again, whatever becomes of this run. */
  isScheduled: boolean;
  run: (data: unknown, context: JobContext) => Promise<void>;
};

export function bindJob<Schema extends z.ZodType>(
  definition: JobDefinition<Schema>,
  handler: Handler<z.output<Schema>>,
): BoundJob {
  return {
    name: definition.name,
    maxAgeMs: definition.rules.maxAgeMs,
    isScheduled: definition.rules.retry === 'none',
    // Parsed here too: the job may have been queued by another release, or by hand.
    run: async (data, context) => handler(parsePayload(definition, data), context),
  };
}

type ProcessJobOptions = {
  queue: string;
  bound: readonly BoundJob[];
  clock: Clock;
  logger: Logger;
  /** True once shutdown has given up waiting: aborted work is then put back untouched for another process. */
  isStopping: () => boolean;
};

/** The one place where errors become queue language. */
export function createProcessJob({ queue, bound, clock, logger, isStopping }: ProcessJobOptions): Processor {
  const byName = new Map(bound.map((job) => [job.name, job]));

  /** What to throw at BullMQ; undefined when the job is to end as if nothing had happened. */
  const settle = async (
    job: Job,
    token: string | undefined,
    error: unknown,
    { maxAgeMs, isScheduled }: Pick<BoundJob, 'maxAgeMs' | 'isScheduled'>,
  ): Promise<Error | undefined> => {
    if (isStopping()) {
      await job.moveToWait(token);
      return new WaitingError();
    }
    if (error instanceof DelayJob) {
      await job.moveToDelayed(error.untilMs, token);
      return new DelayedError();
    }
    const verdict = judgeFailure({ error, ageMs: clock.now() - inLineSince(job), maxAgeMs, isScheduled });
    switch (verdict.kind) {
      case 'give-up': {
        const unrecoverable = new UnrecoverableError(
          `${errorMessage(error)} (${errorCode(error)}, ${verdict.reason})`,
        );
        unrecoverable.cause = error;
        return unrecoverable;
      }
      case 'skip':
        logger.warn('skipped until its schedule rings again', { code: errorCode(error), error });
        return undefined;
      case 'delay':
        logger.warn('job is put off', { error, delayMs: verdict.delayMs });
        await job.moveToDelayed(clock.now() + verdict.delayMs, token);
        return new DelayedError();
      case 'retry':
        logger.warn('attempt at a job failed', {
          error,
          attempt: job.attemptsMade + 1,
          of: job.opts.attempts,
        });
        // BullMQ reads the message of whatever was thrown.
        return error instanceof Error ? error : new Error(errorMessage(error));
    }
  };

  // Three parameters: BullMQ hands the signal only to a processor that declares it.
  return async (job, token, signal) => {
    const work = byName.get(job.name);
    const maxAttempts = job.opts.attempts ?? 1;
    const attempt = job.attemptsMade + 1;
    const context: JobContext = {
      jobId: job.id ?? '',
      attempt,
      maxAttempts,
      isLastAttempt: attempt >= maxAttempts,
      enqueuedAt: inLineSince(job),
      forget: () => {
        job.opts.removeOnComplete = true;
      },
      signal: withErrorAsReason(signal),
    };
    await withLogContext({ jobId: context.jobId, queue, ...idsOf(job.data) }, async () => {
      try {
        // A newer release may know the job: during a rolling deploy it will get its turn.
        if (!work) throw unknownJob(job.name);
        await work.run(job.data, context);
      } catch (error) {
        const thrown = await settle(job, token, error, work ?? { maxAgeMs: Infinity, isScheduled: false });
        if (thrown) throw thrown;
      }
    });
  };
}

/** BullMQ aborts with a string; whoever passes the reason on as an error should find one. */
function withErrorAsReason(signal: AbortSignal | undefined): AbortSignal {
  const controller = new AbortController();
  const abort = (): void =>
    controller.abort(
      new AppError(`the job was aborted: ${String(signal?.reason)}`, {
        code: 'queue.job-aborted',
        isRetryable: true,
      }),
    );
  signal?.addEventListener('abort', abort, { once: true });
  return controller.signal;
}

const unknownJob = (name: string): AppError =>
  new AppError(`no handler for the job ${name} in this release`, {
    code: 'queue.unknown-job',
    isRetryable: true,
  });
