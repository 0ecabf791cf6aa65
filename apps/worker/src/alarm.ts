import type { AlertKey, NewAlert, Repositories } from '@avito-autoreply/database';
import type { Logger } from '@avito-autoreply/runtime';

type AlarmDeps = { alerts: Pick<Repositories['alerts'], 'raise' | 'clear'>; logger: Logger };

/** Raises and clears the owner's alerts; what is new or over is logged, once, by kind and account. */
export function createAlarm({ alerts, logger }: AlarmDeps) {
  return {
    raise: async (alert: NewAlert): Promise<void> => {
      const { isNew } = await alerts.raise(alert);
      const { accountId, kind, subject } = alert;
      if (isNew) logger.error('alert raised', { kind, accountId, subject });
    },
    clear: async (key: AlertKey): Promise<void> => {
      const { accountId, kind, subject } = key;
      if (await alerts.clear(key)) logger.info('alert is over', { kind, accountId, subject });
    },
  };
}

export type Alarm = ReturnType<typeof createAlarm>;
