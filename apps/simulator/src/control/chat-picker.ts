import { newItemId, newUserId } from '../avito/ids.ts';
import type { Account, Chat, Listing } from '../avito/model.ts';
import type { World } from '../avito/world.ts';
import type { ChatChoice, NewListing } from './inputs.ts';
import { notFound } from './problems.ts';

const BUYER_NAMES = ['Иван', 'Мария', 'Алексей', 'Ольга', 'Дмитрий', 'Екатерина', 'Сергей', 'Анна'];

/** The listing as the wire wants it: `52 990 ₽` gets no-break spaces between its digits, as Avito writes it. */
export function listingOf({ id = newItemId(), title, priceString, url, statusId = 10 }: NewListing): Listing {
  return {
    id,
    title,
    priceString: priceString.replaceAll(/(?<=\d) (?=\d)/g, '\u00a0'),
    url: url ?? `https://www.avito.example/moskva/${id}`,
    statusId,
    location: { title: 'Москва', lat: 55.755_8, lon: 37.617_3 },
  };
}

export function accountById(world: World, id: number | undefined): Account {
  const account = id === undefined ? world.accounts()[0] : world.account(id);
  if (!account) throw notFound(`account ${id ?? ''}`.trim(), 'GET /_control/accounts lists them');
  return account;
}

function listingIn(account: Account, itemId: number | undefined): Listing | undefined {
  if (itemId === undefined) return account.listings[0];
  const listing = account.listings.find((known) => known.id === itemId);
  if (!listing) throw notFound(`listing ${itemId}`, 'create it with POST /_control/listings');
  return listing;
}

/** Finds the chat that is meant, or opens it. */
export function pickChat(world: World, choice: ChatChoice): Chat {
  const { chatId, accountId, itemId, buyerId, buyerName, chatType = 'u2i' } = choice;
  const known = chatId === undefined ? undefined : world.chat(chatId);
  if (known) return known;
  const account = accountById(world, accountId);
  const listing = chatType === 'u2i' ? listingIn(account, itemId) : undefined;
  const again =
    chatId === undefined && buyerId !== undefined
      ? world
          .chatsOf(account.id)
          .find(
            (chat) => chat.type === chatType && chat.buyer.id === buyerId && chat.listing?.id === listing?.id,
          )
      : undefined;
  if (again) return again;
  const id = buyerId ?? newUserId();
  const name = buyerName ?? BUYER_NAMES[id % BUYER_NAMES.length] ?? 'Покупатель';
  return world.openChat({ accountId: account.id, type: chatType, buyer: { id, name }, listing, id: chatId });
}
