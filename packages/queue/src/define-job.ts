import type { JobsOptions, KeepJobs } from 'bullmq';
import type { z } from 'zod';
import { retryPolicies, type RetryPolicyName } from './retry-policies.ts';

export const queueNames = ['webhook-events', 'replies', 'sends', 'knowledge', 'maintenance'] as const;
export type QueueName = (typeof queueNames)[number];

export type JobRules = {
  retry: RetryPolicyName;
  /** From enqueueing on, or from being put back after the last failure; a failure of an older job is final, whatever attempts are left. */
  maxAgeMs: number;
  /**
   * An id is held while its job is kept, so that a redelivery is harmless. A job that failed for good never holds it:
   * the next enqueue replaces it. `finished` frees the id after success as well, for jobs that are a bell (ringing
   * twice is safe, a bell that stays silent is not).
   */
  idIsFreeOnce: 'failed' | 'finished';
  keepCompleted: KeepJobs;
  keepFailed: KeepJobs;
};

/** Types both ends of a queue: who enqueues and who handles read the same name, schema, id and rules. */
export type JobDefinition<Schema extends z.ZodType = z.ZodType> = {
  queue: QueueName;
  name: string;
  schema: Schema;
  /** The same payload always gives the same id; that is what makes a redelivery harmless. */
  jobId: (payload: z.output<Schema>) => string;
  rules: JobRules;
};

export function defineJob<Schema extends z.ZodType>(
  definition: JobDefinition<Schema>,
): JobDefinition<Schema> {
  return definition;
}

/** BullMQ refuses ids with `:` and bare integers, both of which Avito's ids may bring along. */
export function safeJobId(id: string): string {
  const withoutColons = id.replaceAll(':', '_');
  return /^-?\d+$/.test(withoutColons) ? `id-${withoutColons}` : withoutColons;
}

export function bullOptions({ rules }: Pick<JobDefinition, 'rules'>): JobsOptions {
  return {
    attempts: retryPolicies[rules.retry].attempts,
    backoff: { type: rules.retry },
    removeOnComplete: rules.keepCompleted,
    removeOnFail: rules.keepFailed,
    // Stacks are stored with the job, one per attempt.
    stackTraceLimit: 3,
  };
}
