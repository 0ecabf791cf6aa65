import type { Repositories } from '@avito-autoreply/database';
import { type FailedJob, queueNames, type Queues } from '@avito-autoreply/queue';
import type { createAlarm } from './alarm.ts';

const KIND = 'job-failed';

type FailedJobsDeps = {
  alarm: ReturnType<typeof createAlarm>;
  alerts: Pick<Repositories['alerts'], 'listOpen'>;
  queues: Pick<Queues, 'counts'>;
  accountIds: readonly number[];
};

/** One alert per account and queue, however many jobs fail; it is over when none of the queue's failed jobs is left. */
export function createFailedJobs({ alarm, alerts, queues, accountIds }: FailedJobsDeps) {
  return {
    raise: async ({ queue, name, accountId, code }: FailedJob): Promise<void> => {
      await alarm.raise({
        accountId: accountId !== null && accountIds.includes(accountId) ? accountId : null,
        kind: KIND,
        subject: queue,
        message:
          `Работа «${name}» не удалась окончательно (${code}). Список и причины: «autoreply jobs failed» или страница /queues; ` +
          'когда причина устранена: «autoreply jobs retry --all».',
        details: { name, code },
      });
    },

    clearWhatIsOver: async (): Promise<void> => {
      const open = (await alerts.listOpen({ accountIds })).filter(({ kind }) => kind === KIND);
      if (open.length === 0) return;
      const counts = await queues.counts();
      for (const alert of open) {
        const queue = queueNames.find((name) => name === alert.subject);
        if (queue !== undefined && counts[queue].failed === 0) await alarm.clear(alert);
      }
    },
  };
}
