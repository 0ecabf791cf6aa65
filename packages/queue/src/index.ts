export { connectQueues, type QueueBackend, type QueueRole, type Queues } from './connect-queues.ts';
export { type JobCounts } from './count-jobs.ts';
export { type JobDefinition, type QueueName, queueNames } from './define-job.ts';
export { DelayJob } from './delay-job.ts';
export { type Enqueue, type Enqueued } from './enqueue.ts';
export {
  checkAccess,
  composeReply,
  type Jobs,
  jobs,
  poll,
  purge,
  refreshKnowledge,
  sendReply,
  sweep,
  takeInEvent,
} from './jobs.ts';
export type { FailedJobEntry } from './failed-jobs.ts';
export { judgeFailure, type Verdict } from './judge-failure.ts';
export { migrateQueueSchema } from './postgres-backend.ts';
export { type Handler, type JobContext } from './process-job.ts';
export { type HandlersFor, type Processors } from './processors.ts';
export { inspectRedis, type InspectedRedis } from './redis-inspection.ts';
export { type FailedJob } from './watch-worker.ts';
