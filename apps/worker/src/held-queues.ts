import type { QueueHold, QueueName } from '@avito-autoreply/queue';
import type { Alarm } from './alarm.ts';

const KIND = 'queue-held';

const SECOND_MS = 1_000;

const limitsOf = ({ concurrency, rate }: QueueHold): string =>
  [
    ...(concurrency === null ? [] : [`не больше ${concurrency} работ сразу`]),
    ...(rate === null ? [] : [`не больше ${rate.max} работ за ${rate.durationMs / SECOND_MS} с`]),
  ].join(', ');

/** One alert per queue that somebody paused or limited on the board: what waits there waits for a person. */
export function createHeldQueues({ alarm }: { alarm: Alarm }) {
  return async (queue: QueueName, hold: QueueHold | undefined): Promise<void> => {
    const key = { accountId: null, kind: KIND, subject: queue };
    if (hold === undefined) return alarm.clear(key);
    const message = hold.isPaused
      ? `Очередь ${queue} приостановлена на странице /queues: её работы ждут, пока там не нажмут Resume.`
      : `Очередь ${queue} ограничена на странице /queues (${limitsOf(hold)}, на все процессы вместе): остальные её работы ждут. Снять ограничение можно там же.`;
    await alarm.raise({ ...key, message, details: hold });
  };
}
