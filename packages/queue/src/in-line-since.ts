import type { Job } from 'bullmq';
import { z } from 'zod';

/** A job's time of enqueueing cannot be changed, and its payload is its own: what is left is its progress, which nobody here uses. */
const retried = z.object({ retriedAt: z.number() });

export async function noteRetried(job: Pick<Job, 'updateProgress'>): Promise<void> {
  await job.updateProgress({ retriedAt: Date.now() });
}

/** Since when the job is in the line: it was enqueued, or put back after it had failed for good. Milliseconds since the epoch. */
export function inLineSince({ timestamp, progress }: Pick<Job, 'timestamp' | 'progress'>): number {
  return Math.max(timestamp, retried.safeParse(progress).data?.retriedAt ?? 0);
}
