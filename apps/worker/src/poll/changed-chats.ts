import type { AvitoClient, Chat } from '@avito-autoreply/avito';
import type { Repositories } from '@avito-autoreply/database';
import type { Logger } from '@avito-autoreply/runtime';

type ChangedChatsDeps = {
  avito: Pick<AvitoClient, 'eachChat'>;
  polls: Pick<Repositories['polls'], 'polledUpTo' | 'unknownMessages'>;
  logger: Logger;
};

// Avito lists 1100 chats at the most; pages that shift while they are read may show a few less.
const REACHABLE_CHATS = 1_050;

/** A chat that does not say counts as touched just now: it must not end the list, and may hold something. */
const touchedAt = ({ updatedAt, lastMessage }: Chat): number =>
  Math.max(updatedAt?.getTime() ?? 0, lastMessage?.createdAt.getTime() ?? 0) || Infinity;

/**
 * The chats that may hold something new since `cutoff`: those whose last message is not the one up to which they were
 * read. First those whose last message nobody has brought us, then those that were read longest ago: a poll that is
 * interrupted again and again must not begin with the same ones each time. When nothing is new this costs one call.
 */
export function createChangedChats({ avito, polls, logger }: ChangedChatsDeps) {
  /** Down to the cutoff, or to where Avito's list ends. */
  const listSince = async (call: ListCall): Promise<{ chats: Chat[]; isCutShort: boolean }> => {
    const chats: Chat[] = [];
    for await (const chat of avito.eachChat({
      userId: call.accountId,
      ...call.filter,
      signal: call.signal,
    })) {
      await call.onProgress();
      if (touchedAt(chat) < call.cutoff) return { chats, isCutShort: false };
      chats.push(chat);
    }
    return { chats, isCutShort: chats.length >= REACHABLE_CHATS };
  };

  return async ({ accountId, cutoff, signal, onProgress }: Omit<ListCall, 'filter'>): Promise<Chat[]> => {
    const common = { accountId, cutoff, signal, onProgress };
    const { chats, isCutShort } = await listSince(common);
    const found = new Map(chats.map((chat) => [chat.id, chat]));
    if (isCutShort) {
      // What nobody has read lies in a list of its own, with a window of its own.
      const unread = await listSince({ ...common, filter: { unreadOnly: true } });
      for (const chat of unread.chats) found.set(chat.id, chat);
      logger.warn('more chats changed than Avito lists: the oldest of them cannot be caught up', {
        reached: found.size,
        unreadToo: unread.isCutShort,
      });
    }
    return mostUrgentFirst(accountId, [...found.values()]);
  };

  async function mostUrgentFirst(accountId: number, chats: readonly Chat[]): Promise<Chat[]> {
    const upTo = await polls.polledUpTo({ accountId, chatIds: chats.map(({ id }) => id) });
    const places = new Map([...upTo.keys()].map((id, index) => [id, index]));
    const changed = chats
      .filter(({ id, lastMessage }) => !lastMessage || lastMessage.id !== upTo.get(id))
      .toSorted((a, b) => (places.get(a.id) ?? -1) - (places.get(b.id) ?? -1));
    const lastIds = changed.flatMap(({ lastMessage }) => lastMessage?.id ?? []);
    const unknown = await polls.unknownMessages({ accountId, messageIds: lastIds });
    const isMissed = ({ lastMessage }: Chat) => lastMessage !== null && unknown.has(lastMessage.id);
    return [...changed.filter(isMissed), ...changed.filter((chat) => !isMissed(chat))];
  }
}

type ListCall = {
  accountId: number;
  /** Milliseconds since the epoch. */
  cutoff: number;
  filter?: { unreadOnly: true };
  signal: AbortSignal;
  onProgress: () => Promise<void>;
};
