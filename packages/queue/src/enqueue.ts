import type { z } from 'zod';
import type { Backend, FoundJob } from './backend.ts';
import type { Bounded } from './bounded.ts';
import { bullOptions, type JobDefinition, type JobRules, safeJobId } from './define-job.ts';
import { parsePayload } from './parse-payload.ts';

type Enqueued = { jobId: string; outcome: 'added' | 'duplicate' };

export type Enqueue = <Schema extends z.ZodType>(
  definition: JobDefinition<Schema>,
  payload: z.input<Schema>,
  options?: { delayMs?: number },
) => Promise<Enqueued>;

const isFree = (found: FoundJob, { idIsFreeOnce }: JobRules): boolean =>
  found === 'failed' || (found === 'completed' && idIsFreeOnce === 'finished');

/** After `queue.unavailable` the job may still have arrived; enqueueing it again is harmless. */
export function createEnqueue({
  backend,
  bounded,
}: {
  backend: Pick<Backend, 'queues' | 'add'>;
  bounded: Bounded;
}): Enqueue {
  return async (definition, payload, { delayMs = 0 } = {}) => {
    const { name, rules } = definition;
    const data = parsePayload(definition, payload);
    const jobId = safeJobId(definition.jobId(data));
    const queue = backend.queues[definition.queue];
    const options = { ...bullOptions(definition), delay: Math.max(0, Math.round(delayMs)) };
    const job = { name, data, jobId, options };

    const found = await bounded(`enqueueing ${name}`, async () => {
      const first = await backend.add(queue, job);
      if (!isFree(first, rules)) return first;
      // Should we die in between, the caller has no answer yet and comes again.
      await queue.remove(jobId);
      return backend.add(queue, job);
    });
    return { jobId, outcome: found === 'none' ? 'added' : 'duplicate' };
  };
}
