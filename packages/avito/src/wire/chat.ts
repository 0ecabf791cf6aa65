import { z } from 'zod';
import { normalizeSpaces } from './content.ts';
import { numericId, optional, optionalId, optionalText, optionalTime, textId } from './fields.ts';
import { type Message, toMessage, wireMessage } from './message.ts';

/** The listing that a chat is about. Avito gives no description. */
export type ChatItem = {
  id: number;
  title: string | null;
  /** As shown to buyers, with plain spaces: `300 000 ₽`. */
  priceString: string | null;
  url: string | null;
  /** Avito's number for the listing's state: 20 is removed; 4 and 10 were seen on normal ones. */
  status: number | null;
  location: string | null;
};

export type Chat = {
  id: string;
  /** `u2i` is about a listing, `u2u` about nothing in particular. */
  type: string | null;
  createdAt: Date | null;
  updatedAt: Date | null;
  item: ChatItem | null;
  buyer: { id: number; name: string | null } | null;
  lastMessage: Message | null;
};

const wireItem = z.object({
  id: numericId,
  title: optionalText,
  price_string: optionalText,
  url: optionalText,
  status_id: optionalId,
  location: optional(z.object({ title: optionalText })),
});

const wireUser = z.object({ id: numericId, name: optionalText });

const toItem = (wire: z.infer<typeof wireItem>): ChatItem => ({
  id: wire.id,
  title: wire.title,
  priceString: wire.price_string && normalizeSpaces(wire.price_string),
  url: wire.url,
  status: wire.status_id,
  location: wire.location?.title ?? null,
});

/** The type of a chat, which its id begins with. */
export const chatTypeOf = (chatId: string): string | null => /^([a-z0-9]+)-/i.exec(chatId)?.[1] ?? null;

// Without the account: zod compiles an object's reader when it is first used, at many times the cost of reading.
const wireChat = z.object({
  id: textId,
  created: optionalTime,
  updated: optionalTime,
  context: optional(z.object({ value: optional(wireItem) })),
  users: optional(z.array(wireUser.nullable().catch(null))),
  last_message: optional(wireMessage),
});

/** Reads a chat as the account `userId` sees it: the buyer is the participant who is somebody else. */
export const chatSchema = (userId: number) =>
  wireChat.transform((wire): Chat => {
    const item = wire.context?.value ?? null;
    return {
      id: wire.id,
      type: chatTypeOf(wire.id),
      createdAt: wire.created,
      updatedAt: wire.updated,
      item: item === null ? null : toItem(item),
      buyer: wire.users?.find((user) => user !== null && user.id !== userId) ?? null,
      lastMessage: wire.last_message && toMessage(wire.last_message, userId),
    };
  });
