import type { AvitoClient } from '@avito-autoreply/avito';
import type { Chat, Repositories } from '@avito-autoreply/database';
import type { ItemContext } from '@avito-autoreply/rag';
import type { Clock, Logger } from '@avito-autoreply/runtime';
import { z } from 'zod';

/** What the chat's row keeps of the listing. */
const storedItem = z.object({
  title: z.string().nullable(),
  priceString: z.string().nullable(),
  url: z.string().nullable(),
  status: z.number().nullish(),
});
type StoredItem = z.output<typeof storedItem>;

const toContext = ({ title, priceString, url }: StoredItem): ItemContext => ({
  title: title ?? undefined,
  price: priceString ?? undefined,
  url: url ?? undefined,
});

export type Listing = {
  /** Null: the chat is about none, or nobody knows it. */
  item: ItemContext | null;
  /** Avito's number for its state. */
  status: number | null;
};

const toListing = (item: StoredItem | null): Listing => ({
  item: item && toContext(item),
  status: item?.status ?? null,
});

type ItemContextDeps = {
  chats: Pick<Repositories['chats'], 'describeChat'>;
  clientOf: (accountId: number) => Pick<AvitoClient, 'getChat'>;
  clock: Clock;
  logger: Logger;
};

// The answer must not wait for what only makes it better.
const LOOK_UP_MS = 3_000;
// Prices change, and listings are removed, while a chat goes on.
const FRESH_MS = 15 * 60_000;

/**
 * The listing of a chat: from the database while it is fresh, else from Avito. When Avito does not answer in time it is
 * what was known before, if anything: the answer then rests on that and on the knowledge base.
 */
export function createItemContext({ chats, clientOf, clock, logger }: ItemContextDeps) {
  return async ({ chat, signal }: { chat: Chat; signal: AbortSignal }): Promise<Listing> => {
    const known = storedItem.safeParse(chat.item).data ?? null;
    if (chat.itemCheckedAt !== null && clock.now() - chat.itemCheckedAt.getTime() < FRESH_MS) {
      return toListing(known);
    }
    const { accountId, chatId } = chat;
    try {
      const described = await clientOf(accountId).getChat({
        userId: accountId,
        chatId,
        signal: AbortSignal.any([signal, AbortSignal.timeout(LOOK_UP_MS)]),
      });
      await chats.describeChat({
        accountId,
        chatId,
        item: described.item,
        itemId: described.item?.id ?? null,
        buyerName: described.buyer?.name ?? null,
      });
      return toListing(described.item);
    } catch (error) {
      signal.throwIfAborted();
      logger.warn('answering without a fresh look at the listing: Avito did not tell it', { error });
      return toListing(known);
    }
  };
}
