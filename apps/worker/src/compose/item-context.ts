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

type DescribedChat = Pick<Chat, 'accountId' | 'chatId' | 'item' | 'itemCheckedAt'>;

export type Listing = {
  /** Null: the chat is about none, or nobody knows it. */
  item: ItemContext | null;
  /** Avito's number for its state. */
  status: number | null;
  /** Resolves when the chat's row has what Avito told just now; never rejects. Nothing of the answer waits for it. */
  kept: Promise<void>;
};

const toListing = (item: StoredItem | null, kept = Promise.resolve()): Listing => ({
  item: item && toContext(item),
  status: item?.status ?? null,
  kept,
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
  const keep = async (facts: Parameters<typeof chats.describeChat>[0]): Promise<void> => {
    try {
      await chats.describeChat(facts);
    } catch (error) {
      logger.warn('what Avito told of the listing is not kept', { error });
    }
  };

  return async ({ chat, signal }: { chat: DescribedChat; signal: AbortSignal }): Promise<Listing> => {
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
      const { item, buyer } = described;
      const facts = { accountId, chatId, item, itemId: item?.id ?? null, buyerName: buyer?.name ?? null };
      return toListing(item, keep(facts));
    } catch (error) {
      signal.throwIfAborted();
      logger.warn('answering without a fresh look at the listing: Avito did not tell it', { error });
      return toListing(known);
    }
  };
}
