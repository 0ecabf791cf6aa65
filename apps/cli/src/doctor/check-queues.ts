import { connectQueues, type QueueBackend, queueNames } from '@avito-autoreply/queue';
import { silentLogger } from '@avito-autoreply/runtime';
import { type Finding, warning } from './finding.ts';

/** What somebody set on the queue board, and forgot. Nothing is said where the queue is away: that is another finding. */
export async function checkQueues(backend: QueueBackend | undefined): Promise<Finding[]> {
  if (backend === undefined) return [];
  try {
    const queues = await connectQueues({ backend, role: 'viewer', logger: silentLogger });
    try {
      const holds = await queues.holds();
      return queueNames.flatMap((name) => {
        const hold = holds[name];
        if (hold === undefined) return [];
        return warning(
          `Queue ${name}`,
          hold.isPaused
            ? 'is paused: its jobs wait'
            : 'has a limit for all processes together: its jobs may wait',
          'Resume it, or take the limit back, on the page /queues.',
        );
      });
    } finally {
      await queues.close();
    }
  } catch {
    return [];
  }
}
