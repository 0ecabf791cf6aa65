import type { AvitoClient } from '@avito-autoreply/avito';
import type { Chat, Repositories } from '@avito-autoreply/database';
import type { ItemContext } from '@avito-autoreply/rag';
import type { Logger } from '@avito-autoreply/runtime';
import { z } from 'zod';

/** What the chat's row keeps of the listing. */
const storedItem = z.object({
  title: z.string().nullable(),
  priceString: z.string().nullable(),
  url: z.string().nullable(),
});

const toContext = ({ title, priceString, url }: z.output<typeof storedItem>): ItemContext => ({
  title: title ?? undefined,
  price: priceString ?? undefined,
  url: url ?? undefined,
});

type ItemContextDeps = {
  chats: Pick<Repositories['chats'], 'describeChat'>;
  clientOf: (accountId: number) => Pick<AvitoClient, 'getChat'>;
  logger: Logger;
};

// The answer must not wait for what only makes it better.
const LOOK_UP_MS = 3_000;

/**
 * The listing of a chat: from the database, else from Avito, which is asked once per chat. Null for chats about no
 * listing, and when Avito does not answer in time: the answer then rests on the knowledge base alone.
 */
export function createItemContext({ chats, clientOf, logger }: ItemContextDeps) {
  return async ({ chat, signal }: { chat: Chat; signal: AbortSignal }): Promise<ItemContext | null> => {
    const known = storedItem.safeParse(chat.item);
    if (known.success) return toContext(known.data);
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
      return described.item && toContext(described.item);
    } catch (error) {
      signal.throwIfAborted();
      logger.warn('answering without the listing: Avito did not tell it', { error });
      return null;
    }
  };
}
