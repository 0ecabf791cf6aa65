import type { QueueName } from './define-job.ts';

/** One value per queue of the catalogue. */
export function eachQueue<T>(create: (name: QueueName) => T): Record<QueueName, T> {
  return {
    'webhook-events': create('webhook-events'),
    replies: create('replies'),
    sends: create('sends'),
    knowledge: create('knowledge'),
    maintenance: create('maintenance'),
  };
}
