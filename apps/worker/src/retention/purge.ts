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
 * Deletes what each account keeps no longer. What belongs to no account, or to one that is not configured any more, is
 * kept as long as the account that keeps longest; jobs that have ended go with the first, because they are only for the eyes.
 */
export function createPurge({
  retention,
  queues,
  accountIds,
  settingsOf,
  logger,
}: PurgeDeps): Handler<z.output<typeof purge.schema>> {
  return async (_payload, { signal }) => {
    const daysOf = new Map(accountIds.map((id) => [id, settingsOf(id).retentionDays ?? Infinity]));
    const longest = Math.max(...daysOf.values());
    const others = Number.isFinite(longest) ? await retention.otherAccounts({ accountIds }) : [];
    for (const accountId of others) daysOf.set(accountId, longest);
    for (const [accountId, days] of daysOf) {
      if (!Number.isFinite(days)) continue;
      const purged = await retention.purgeAccount({ accountId, days, signal });
      if (Object.values(purged).some((count) => count > 0)) logger.info('purged', { accountId, ...purged });
    }
    if (Number.isFinite(longest)) await retention.purgeOwnerless({ days: longest });
    const shortest = Math.min(...daysOf.values());
    if (Number.isFinite(shortest)) await queues.removeFinished({ olderThanMs: shortest * DAY_MS });
  };
}
