import { z } from 'zod';
import type { Listing } from './listing.ts';

type ApiItem = {
  id: number;
  title: string | null;
  /** In rubles. */
  price: number | null;
  url: string | null;
  address: string | null;
  category: { name: string | null } | null;
};

const text = z.string().nullish().catch(null);
const chatItem = z.object({
  title: text,
  url: text,
  location: text,
  status: z.number().nullish().catch(null),
});

/** As chats tell it of a listing that is there no more. */
const REMOVED_STATUS = 20;

const rubles = new Intl.NumberFormat('ru-RU');

/**
 * The account's listings from both that tell of them: the list that the API gives, and the chats, in which listings of
 * employees stand as well. A price is taken from the list only: that of a chat is as old as the chat.
 */
export async function collectListings({
  items,
  chatItems,
}: {
  items: AsyncIterable<ApiItem>;
  /** As the chats' rows keep them. */
  chatItems: readonly { itemId: number; item: unknown }[];
}): Promise<Listing[]> {
  const listings = new Map<number, Listing>();
  for (const { itemId, item } of chatItems) {
    const { title = null, url = null, location = null, status } = chatItem.safeParse(item).data ?? {};
    if (status === REMOVED_STATUS || title === null) continue;
    listings.set(itemId, { itemId, title, price: null, category: null, address: location, url });
  }
  for await (const { id, title, price, url, address, category } of items) {
    listings.set(id, {
      itemId: id,
      title,
      price: price === null ? null : `${rubles.format(price)} ₽`,
      category: category?.name ?? null,
      address,
      url,
    });
  }
  return [...listings.values()].toSorted((a, b) => a.itemId - b.itemId);
}
