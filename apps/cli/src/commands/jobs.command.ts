import { queueNames, type QueueName } from '@avito-autoreply/queue';
import { UsageError } from '../exit-code.ts';
import { minuteOf } from '../output/minute.ts';
import { tableLines } from '../output/table.ts';
import { openQueues } from '../queues.ts';
import type { Command } from '../run-command.ts';

const ALL = 10_000;

/** Jobs that failed for good. Exit code 1 while there are any. */
export function jobsFailed({ limit }: { limit: number }): Command {
  return async (context) => {
    const { terminal } = context;
    const queues = await openQueues(context);
    const jobs = await queues.failedJobs({ limit });
    if (jobs.length === 0) terminal.line(terminal.style('green', 'No job has failed.'));
    const rows = jobs.map(({ queue, jobId, failedAt, attempts, reason }) => [
      queue,
      jobId,
      minuteOf(failedAt),
      `${attempts}×`,
      reason,
    ]);
    const header = ['queue', 'id', 'failed', 'tries', 'reason'];
    for (const line of rows.length === 0 ? [] : tableLines([header, ...rows])) terminal.line(line);
    terminal.json({ jobs });
    return jobs.length === 0 ? 0 : 1;
  };
}

/** Puts one failed job, or all of them, back into the line. */
export function jobsRetry({
  queue,
  jobId,
  all,
}: {
  queue: string | undefined;
  jobId: string | undefined;
  all: boolean;
}): Command {
  return async (context) => {
    const { terminal } = context;
    const wanted = all ? 'all' : oneJob(queue, jobId);
    const queues = await openQueues(context);
    const jobs = wanted === 'all' ? await queues.failedJobs({ limit: ALL }) : [wanted];
    for (const job of jobs) await queues.retryFailed({ queue: job.queue, jobId: job.jobId });
    terminal.line(`${jobs.length} put back into the line`);
    terminal.json({ retried: jobs.map((job) => ({ queue: job.queue, jobId: job.jobId })) });
    return 0;
  };
}

function oneJob(queue: string | undefined, jobId: string | undefined): { queue: QueueName; jobId: string } {
  const name = queueNames.find((candidate) => candidate === queue);
  if (name !== undefined && jobId !== undefined) return { queue: name, jobId };
  throw new UsageError(
    `name a queue (${queueNames.join(', ')}) and the id of a job, as \`autoreply jobs failed\` shows them, or --all`,
    { code: 'jobs.not-named' },
  );
}
