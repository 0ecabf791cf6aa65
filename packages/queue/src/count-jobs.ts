import type { JobType, Queue } from 'bullmq';
import { type QueueName } from './define-job.ts';
import { eachQueue } from './each-queue.ts';

export type JobCounts = {
  /** Also those of a queue that was paused on the board. */
  waiting: number;
  active: number;
  delayed: number;
  failed: number;
  /** Those that are still kept. */
  completed: number;
};

// In Postgres all that waits is `paused` while its queue is, which BullMQ's types do not know; in Redis it stays `waiting`.
const PAUSED = 'paused' as JobType;
const STATES: JobType[] = ['waiting', PAUSED, 'active', 'delayed', 'failed', 'completed'];

export async function countJobs(queues: Record<QueueName, Queue>): Promise<Record<QueueName, JobCounts>> {
  const pending = eachQueue(async (name): Promise<JobCounts> => {
    const counts = await queues[name].getJobCounts(...STATES);
    const of = (state: string): number => counts[state] ?? 0;
    return {
      waiting: of('waiting') + of(PAUSED),
      active: of('active'),
      delayed: of('delayed'),
      failed: of('failed'),
      completed: of('completed'),
    };
  });
  await Promise.all(Object.values(pending));
  return {
    'webhook-events': await pending['webhook-events'],
    replies: await pending.replies,
    sends: await pending.sends,
    knowledge: await pending.knowledge,
    maintenance: await pending.maintenance,
  };
}
