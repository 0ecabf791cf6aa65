import { newEventId } from './ids.ts';
import type { Account, Chat, Listing, Message } from './model.ts';
import type { Switches } from '../switches.ts';
import { newestFirst } from './world.ts';

/** Documented shape of a listing inside a chat. */
function contextOf(listing: Listing, accountId: number) {
  return {
    type: 'item',
    value: {
      id: listing.id,
      title: listing.title,
      price_string: listing.priceString,
      status_id: listing.statusId,
      url: listing.url,
      user_id: accountId,
      images: { count: 1, main: { '140x105': 'https://img.example/140.jpg' } },
      location: listing.location,
    },
  };
}

function userOf({ id, name, listing }: { id: number; name: string; listing: Listing | undefined }) {
  return {
    id,
    name,
    parsing_allowed: true,
    public_user_profile: {
      user_id: id,
      ...(listing ? { item_id: listing.id } : {}),
      url: `https://www.avito.example/user/${id}`,
      avatar: { default: 'https://img.example/a.png', images: { '24x24': 'https://img.example/24.png' } },
    },
  };
}

function lastMessageOf(message: Message) {
  const { id, authorId, created, direction, type, content } = message;
  return { id, author_id: authorId, created, direction, type, content, delivered: created + 1 };
}

export function chatOnWire({ account, chat }: { account: Account; chat: Chat }) {
  const [last] = newestFirst(chat.messages);
  return {
    id: chat.id,
    created: chat.created,
    updated: chat.updated,
    context: chat.listing ? contextOf(chat.listing, account.id) : null,
    users: [
      userOf({ ...chat.buyer, listing: chat.listing }),
      userOf({ id: account.id, name: account.name, listing: chat.listing }),
    ],
    ...(last ? { last_message: lastMessageOf(last) } : {}),
  };
}

export function messageOnWire(message: Message) {
  const { id, authorId, created, direction, type, content, isRead, read } = message;
  return { id, author_id: authorId, created, direction, type, content, is_read: isRead, read };
}

/** Of the documented statuses, those that a listing can have here. */
export const itemStatus = ({ statusId }: Listing) => (statusId === 20 ? 'removed' : 'active');

/** One entry of the items list; the price is a number there, or null. */
export function itemOnWire(listing: Listing) {
  const { id, title, priceString, url, location } = listing;
  const digits = priceString.replaceAll(/\D/g, '');
  return {
    id,
    title,
    price: digits === '' ? null : Number(digits),
    status: itemStatus(listing),
    url,
    address: location.title,
    category: { id: 84, name: 'Телефоны' },
  };
}

type EventFields = Pick<Switches, 'eventItemId' | 'eventPublishedAt' | 'eventVersion'>;

function itemIdField(chat: Chat, mode: EventFields['eventItemId']) {
  if (mode === 'missing') return {};
  return { item_id: mode === 'null' ? null : (chat.listing?.id ?? null) };
}

/** The webhook event for one message. */
export function eventOnWire({
  chat,
  message,
  nowMs,
  fields,
}: {
  chat: Chat;
  message: Message;
  nowMs: number;
  fields: EventFields;
}) {
  return {
    id: newEventId(),
    version: fields.eventVersion,
    timestamp: Math.floor(nowMs / 1_000),
    payload: {
      type: 'message',
      value: {
        id: message.id,
        chat_id: chat.id,
        user_id: chat.accountId,
        author_id: message.authorId,
        created: message.created,
        type: message.type,
        chat_type: chat.type,
        content: message.content,
        ...itemIdField(chat, fields.eventItemId),
        ...(fields.eventPublishedAt === 'present'
          ? { published_at: new Date(message.created * 1_000).toISOString().replace('.000Z', 'Z') }
          : {}),
      },
    },
  };
}
