import { type FailedJobEntry, queueNames, type Queues } from '@avito-autoreply/queue';
import { z } from 'zod';
import { defineRoute, type Route } from '../api/route.ts';
import { accountId, ownPage, requiredText, time, timeOf, timeOrNull } from './fields.ts';

const tag = 'Jobs';
const queue = z.enum(queueNames, `must be one of ${queueNames.join(', ')}`);

const failedJob = z
  .strictObject({
    queue,
    job_id: z.string(),
    name: z.string(),
    reason: z.string().meta({ description: 'What its last attempt ended with' }),
    attempts: z.int(),
    enqueued_at: time,
    failed_at: time.nullable(),
    account_id: accountId.nullable(),
    chat_id: z.string().nullable().meta({ description: 'A person has this chat now' }),
  })
  .meta({ id: 'FailedJob' });

const failedJobOf = (job: FailedJobEntry): z.infer<typeof failedJob> => ({
  queue: job.queue,
  job_id: job.jobId,
  name: job.name,
  reason: job.reason,
  attempts: job.attempts,
  enqueued_at: timeOf(job.enqueuedAt),
  failed_at: timeOrNull(job.failedAt),
  account_id: job.accountId,
  chat_id: job.chatId,
});

export function jobRoutes({ queues }: { queues: Pick<Queues, 'failedJobs' | 'retryFailed'> }): Route[] {
  const list = defineRoute({
    method: 'get',
    path: '/api/v1/jobs/failed',
    operationId: 'listFailedJobs',
    tag,
    summary: 'Jobs that failed for good, the latest first',
    query: z.strictObject({ limit: ownPage.limit }),
    response: z.strictObject({ jobs: z.array(failedJob) }),
    handle: async ({ query }) => {
      const failed = await queues.failedJobs({ limit: query.limit });
      return { jobs: failed.map(failedJobOf) };
    },
  });

  const retry = defineRoute({
    method: 'post',
    path: '/api/v1/jobs/failed/{queue}/{job_id}/retry',
    operationId: 'retryFailedJob',
    tag,
    summary: 'Put a failed job back into the line, with all of its attempts',
    description:
      'Safe to repeat: a job does nothing that has been done. The chat of a failed composition or send is with a person and stays so; what waited there is among the held messages.',
    params: z.strictObject({ queue, job_id: requiredText }),
    response: z.strictObject({ status: z.literal('waiting'), queue, job_id: z.string() }),
    errors: { 404: '`queue.no-such-failed-job`' },
    handle: async ({ params }) => {
      await queues.retryFailed({ queue: params.queue, jobId: params.job_id });
      return { status: 'waiting' as const, ...params };
    },
  });
  return [list, retry];
}
