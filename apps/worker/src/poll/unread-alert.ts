import type { UnreadChat } from '@avito-autoreply/database';
import type { Alarm } from '../alarm.ts';

const KIND = 'chats-unreadable';
// A server of Avito that fails for some minutes is nobody's business: the next polls read what it kept back.
const TELL_AFTER_MS = 900_000;

/** One alert per account, however many of its chats cannot be read. Which ones they are is left out: alerts outlive erasure. */
export function createUnreadAlert({ alarm }: { alarm: Alarm }) {
  return async ({
    accountId,
    unread,
  }: {
    accountId: number;
    unread: readonly UnreadChat[];
  }): Promise<void> => {
    const lasting = unread.filter(({ failedForMs }) => failedForMs >= TELL_AFTER_MS);
    const [first] = lasting.toSorted((a, b) => b.failedForMs - a.failedForMs);
    if (first === undefined) return alarm.clear({ accountId, kind: KIND });
    const since = first.failedSince.toISOString().slice(0, 16).replace('T', ' ');
    await alarm.raise({
      accountId,
      kind: KIND,
      message:
        `Avito не отдаёт переписку ${lasting.length} чат(ов), самого давнего с ${since} UTC (${first.problem}). О чём оттуда не пришло уведомление, ` +
        'программе неизвестно: какие это чаты, показывает «autoreply chat unread»; откройте их на Avito. Как только Avito их отдаст, всё прочитается само.',
      details: { chats: lasting.length, since: first.failedSince, problem: first.problem },
    });
  };
}

export type UnreadAlert = ReturnType<typeof createUnreadAlert>;
