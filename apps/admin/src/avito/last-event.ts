import type { Repositories } from '@avito-autoreply/database';

type LastEventDeps = {
  chats: Pick<Repositories['chats'], 'listChats'>;
  events: Pick<Repositories['events'], 'listUnrecognized'>;
};

// An operator's pause moves a chat up as well; this many at once leave the latest buyer's message in sight.
const RECENT_CHATS = 100;

/** When the last buyer's message, or the last event that we did not understand, reached us; by the database's clock. */
export function createLastEventAt({ chats, events }: LastEventDeps) {
  return async ({ accountId }: { accountId: number }): Promise<Date | null> => {
    const [recent, [unrecognized]] = await Promise.all([
      chats.listChats({ accountId, limit: RECENT_CHATS }),
      events.listUnrecognized({ accountId, limit: 1 }),
    ]);
    const times = [...recent.map((chat) => chat.lastInboundAt), unrecognized?.receivedAt ?? null];
    const latest = Math.max(...times.map((time) => time?.getTime() ?? -Infinity));
    return Number.isFinite(latest) ? new Date(latest) : null;
  };
}
