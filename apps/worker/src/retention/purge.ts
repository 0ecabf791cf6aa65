import type { Repositories } from '@avito-autoreply/database';
import type { Handler, purge, Queues } from '@avito-autoreply/queue';
import type { Logger } from '@avito-autoreply/runtime';
import type { z } from 'zod';
import type { SettingsOf } from '../reply-settings.ts';

type PurgeDeps = {
  retention: Repositories['retention'];
  queues: Pick<Queues, 'removeFinished'>;
  accountIds: readonly number[];
  settingsOf: SettingsOf;
  logger: Logger;
};

const DAY_MS = 86_400_000;

/**
 * Deletes what each account keeps no longer. What belongs to no account is kept as long as the account that keeps
 * longest; jobs that have ended go with the first, because they are only for the eyes.
 */
export function createPurge({
  retention,
  queues,
  accountIds,
  settingsOf,
  logger,
}: PurgeDeps): Handler<z.output<typeof purge.schema>> {
  return async (_payload, { signal }) => {
    const days: number[] = [];
    for (const accountId of accountIds) {
      const { retentionDays } = settingsOf(accountId);
      days.push(retentionDays ?? Infinity);
      if (retentionDays === undefined) continue;
      const purged = await retention.purgeAccount({ accountId, days: retentionDays, signal });
      if (Object.values(purged).some((count) => count > 0)) logger.info('purged', { accountId, ...purged });
    }
    const longest = Math.max(...days);
    if (Number.isFinite(longest)) await retention.purgeOwnerless({ days: longest });
    const shortest = Math.min(...days);
    if (Number.isFinite(shortest)) await queues.removeFinished({ olderThanMs: shortest * DAY_MS });
  };
}
