import { type Clock, errorCode, type Logger } from '@avito-autoreply/runtime';
import type { Queue } from 'bullmq';
import type { Bounded } from './bounded.ts';
import { bullOptions, type JobDefinition, safeJobId } from './define-job.ts';

type Recurring = { definition: JobDefinition; data: unknown; everyMs: number };

export type KeepScheduled = {
  keep: (recurring: Recurring & { queue: Queue }) => Promise<void>;
  stop: () => void;
};

const LOOK_EVERY_MS = 5_000;
// A scheduler whose next ring is this many rhythms overdue has lost that ring.
const MISSED_RINGS = 3;

/**
 * What is scheduled lives in the queue's service and is lost with it (FLUSHALL, a Redis without its disk). So every
 * process that schedules a job looks now and then whether the schedule is still there, and puts it back.
 */
export function createKeepScheduled({
  bounded,
  logger,
  clock,
}: {
  bounded: Bounded;
  logger: Logger;
  clock: Clock;
}): KeepScheduled {
  const kept = new Map<string, Recurring & { queue: Queue }>();
  let timer: NodeJS.Timeout | undefined;

  const put = ({ queue, definition, data, everyMs }: Recurring & { queue: Queue }) =>
    bounded(`scheduling ${definition.name}`, () =>
      queue.upsertJobScheduler(
        definition.name,
        { every: everyMs },
        { name: definition.name, data, opts: bullOptions(definition) },
      ),
    );
  const look = async (recurring: Recurring & { queue: Queue }): Promise<void> => {
    const { queue, definition, data, everyMs } = recurring;
    const found = await bounded(`looking for the schedule of ${definition.name}`, () =>
      queue.getJobScheduler(definition.name),
    );
    const isAlive = found?.next !== undefined && found.next > clock.now() - MISSED_RINGS * everyMs;
    if (isAlive) return;
    logger.warn('a schedule was gone from the queue, and is put back', { job: definition.name });
    await put(recurring);
    // Whatever was lost with it has waited long enough.
    const jobId = safeJobId(definition.jobId(data));
    await bounded(`ringing ${definition.name}`, () =>
      queue.add(definition.name, data, { ...bullOptions(definition), jobId }),
    );
  };
  const lookAtAll = async (): Promise<void> => {
    for (const recurring of kept.values()) {
      try {
        await look(recurring);
      } catch (error) {
        // The next look comes by itself; the connection reports its outages.
        logger.debug('cannot look for a schedule', { code: errorCode(error) });
      }
    }
    timer = timer && setTimeout(() => void lookAtAll(), LOOK_EVERY_MS).unref();
  };

  return {
    keep: async (recurring) => {
      await put(recurring);
      kept.set(recurring.definition.name, recurring);
      timer ??= setTimeout(() => void lookAtAll(), LOOK_EVERY_MS).unref();
    },
    stop: () => {
      clearTimeout(timer);
      timer = undefined;
    },
  };
}
