import { createHash } from 'node:crypto';
import type { KnowledgeRepositories, Repositories } from '@avito-autoreply/database';
import { ownerText } from '@avito-autoreply/rag';
import { z } from 'zod';
import type { Alarm } from '../alarm.ts';

// Subjects are logged, and an address may hold a key.
const subjectOf = (sourceKey: string) => createHash('sha256').update(sourceKey).digest('hex').slice(0, 16);
const named = z.object({ sourceKey: z.string() });

const KIND = 'knowledge-source-failed';

type SourceAlertsDeps = {
  alarm: Alarm;
  alerts: Pick<Repositories['alerts'], 'listOpen'>;
  sources: Pick<KnowledgeRepositories['sources'], 'find'>;
  accountIds: readonly number[];
};

/**
 * Nobody is at hand when an address is read again by itself: one that fails leaves an old price list in the base, which
 * the owner would take for the new one. One alert per source.
 */
export function createSourceAlerts({ alarm, alerts, sources, accountIds }: SourceAlertsDeps) {
  return {
    raise: ({
      accountId,
      sourceKey,
      code,
    }: {
      accountId: number;
      sourceKey: string;
      code: string;
    }): Promise<void> =>
      alarm.raise({
        accountId,
        kind: KIND,
        subject: subjectOf(sourceKey),
        message: `Источник базы знаний ${sourceKey} не удалось прочитать заново (${code}). ${ownerText(code)} Состояние: «autoreply kb status»; больше не нужен: «autoreply kb remove ${sourceKey}».`,
        details: { sourceKey, code },
      }),

    /** Of sources that were read since, by whoever, or are no longer there. */
    clearWhatIsOver: async (): Promise<void> => {
      for (const alert of await alerts.listOpen({ accountIds })) {
        const { kind, accountId } = alert;
        const { data } = named.safeParse(alert.details);
        if (kind !== KIND || accountId === null || data === undefined) continue;
        const source = await sources.find({ accountId, sourceKey: data.sourceKey });
        if (source === undefined || source.state === 'synced') await alarm.clear(alert);
      }
    },
  };
}

export type SourceAlerts = ReturnType<typeof createSourceAlerts>;
