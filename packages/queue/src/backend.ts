import type { JobsOptions, JobState, Processor, Queue, Worker, WorkerOptions } from 'bullmq';
import type { QueueName } from './define-job.ts';

/** What stood under the id of a job when it was added; `none` means that the job is new. */
export type FoundJob = 'none' | 'unfinished' | 'completed' | 'failed';

export type NewJob = { name: string; data: unknown; jobId: string; options: JobsOptions };
type WorkerSettings = Omit<WorkerOptions, 'connection' | 'prefix'>;

/** What differs between the services that can hold the queues. */
export type Backend = {
  /** Where it is, without credentials. */
  at: string;
  queues: Record<QueueName, Queue>;
  /** Resolves as soon as commands can be issued, which may be never: callers bring a deadline. */
  ready: () => Promise<void>;
  /** Throws when the service answers but is not fit to hold jobs, saying what to do about it. */
  check: () => Promise<void>;
  /** Adds the job unless its id is taken. */
  add: (queue: Queue, job: NewJob) => Promise<FoundJob>;
  createWorker: (name: QueueName, process: Processor, settings: WorkerSettings) => Worker;
  ping: () => Promise<void>;
  /** Empties the record of what happened to jobs, which nobody here reads. */
  forgetEvents: () => Promise<void>;
  close: () => Promise<void>;
};

export function foundJob(state: JobState | 'unknown'): FoundJob {
  if (state === 'unknown') return 'none';
  return state === 'completed' || state === 'failed' ? state : 'unfinished';
}
