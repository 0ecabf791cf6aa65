export { connectQueues, type QueueBackend, type Queues } from './connect-queues.ts';
export type { JobCounts } from './count-jobs.ts';
export { type QueueName, queueNames } from './define-job.ts';
export { DelayJob } from './delay-job.ts';
export { LONGEST_JOB_MS } from './liveness.ts';
export {
  checkAccess,
  composeReply,
  type Jobs,
  jobs,
  poll,
  purge,
  refreshKnowledge,
  rebuildSpaces,
  sendReply,
  sweep,
  takeInEvent,
} from './jobs.ts';
export type { FailedJobEntry } from './failed-jobs.ts';
export type { Verdict } from './judge-failure.ts';
export { migrateQueueSchema } from './postgres-backend.ts';
export type { Handler, JobContext } from './process-job.ts';
export type { HandlersFor, Processors } from './processors.ts';
export { inspectRedis, type InspectedRedis } from './redis-inspection.ts';
export type { QueueHold } from './queue-hold.ts';
export type { FailedJob } from './watch-worker.ts';
