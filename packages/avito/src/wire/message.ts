import { z } from 'zod';
import { contentField, type MessageContent, textOf } from './content.ts';
import {
  optional,
  optionalBoolean,
  optionalId,
  optionalText,
  optionalTime,
  textId,
  unixSeconds,
} from './fields.ts';

/** A message of a chat, seen from one account. */
export type Message = {
  id: string;
  authorId: number | null;
  /** By Avito's clock, to the second. */
  createdAt: Date;
  direction: 'in' | 'out';
  /** text, image, link, item, location, call, deleted, voice, system, or something newer. */
  type: string;
  /** What can be read in it; null for images, voice and the like. */
  text: string | null;
  content: MessageContent;
  /** Read by us. */
  isRead: boolean | null;
  /** When the other side read it. */
  readAt: Date | null;
  quote: { id: string; authorId: number | null; text: string | null } | null;
};

const quote = z.object({ id: textId, author_id: optionalId, content: contentField });

export const wireMessage = z.object({
  id: textId,
  author_id: optionalId,
  created: unixSeconds,
  direction: optional(z.enum(['in', 'out'])),
  type: optionalText,
  content: contentField,
  is_read: optionalBoolean,
  read: optionalTime,
  quote: optional(quote),
});

/** A message as the account `userId` sees it. */
export const toMessage = (wire: z.infer<typeof wireMessage>, userId: number): Message => ({
  id: wire.id,
  authorId: wire.author_id,
  createdAt: wire.created,
  direction: wire.direction ?? (wire.author_id === userId ? 'out' : 'in'),
  type: wire.type ?? 'unknown',
  text: textOf(wire.content),
  content: wire.content,
  isRead: wire.is_read,
  readAt: wire.read,
  quote: wire.quote && {
    id: wire.quote.id,
    authorId: wire.quote.author_id,
    text: textOf(wire.quote.content),
  },
});

/** Reads a message as the account `userId` sees it. */
export const messageSchema = (userId: number) => wireMessage.transform((wire) => toMessage(wire, userId));
