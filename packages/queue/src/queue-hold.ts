import type { Queue } from 'bullmq';

/** What somebody set on the queue board, and what keeps jobs waiting, or some of them, until it is taken back. */
export type QueueHold = {
  isPaused: boolean;
  /** Jobs at a time, of all processes together. */
  concurrency: number | null;
  /** Jobs within so long, of all processes together. */
  rate: { max: number; durationMs: number } | null;
};

/** Undefined while nothing is set. */
export async function holdOf(
  queue: Pick<Queue, 'isPaused' | 'getGlobalConcurrency' | 'getGlobalRateLimit'>,
): Promise<QueueHold | undefined> {
  const [isPaused, concurrency, limit] = await Promise.all([
    queue.isPaused(),
    queue.getGlobalConcurrency(),
    queue.getGlobalRateLimit(),
  ]);
  if (!isPaused && concurrency === null && limit === null) return undefined;
  return { isPaused, concurrency, rate: limit && { max: limit.max, durationMs: limit.duration } };
}
