import type { Chat, Message } from '@avito-autoreply/avito';
import { z } from 'zod';
import { time, timeOf, timeOrNull } from './fields.ts';

export const message = z
  .strictObject({
    id: z.string(),
    direction: z.enum(['in', 'out']),
    author_id: z.int().nullable(),
    type: z.string(),
    text: z.string().nullable(),
    is_read: z.boolean().nullable(),
    created_at: time,
  })
  .meta({ id: 'AvitoMessage' });

export const chat = z
  .strictObject({
    id: z.string(),
    type: z.string().nullable(),
    item: z
      .strictObject({
        id: z.int(),
        title: z.string().nullable(),
        price: z.string().nullable(),
        url: z.string().nullable(),
      })
      .nullable(),
    buyer: z.strictObject({ id: z.int(), name: z.string().nullable() }).nullable(),
    last_message: message.nullable(),
    created_at: time.nullable(),
    updated_at: time.nullable(),
  })
  .meta({ id: 'AvitoChat' });

export const messageAnswer = (from: Message): z.infer<typeof message> => ({
  id: from.id,
  direction: from.direction,
  author_id: from.authorId,
  type: from.type,
  text: from.text,
  is_read: from.isRead,
  created_at: timeOf(from.createdAt),
});

export const chatAnswer = (from: Chat): z.infer<typeof chat> => ({
  id: from.id,
  type: from.type,
  item: from.item && {
    id: from.item.id,
    title: from.item.title,
    price: from.item.priceString,
    url: from.item.url,
  },
  buyer: from.buyer && { id: from.buyer.id, name: from.buyer.name },
  last_message: from.lastMessage && messageAnswer(from.lastMessage),
  created_at: timeOrNull(from.createdAt),
  updated_at: timeOrNull(from.updatedAt),
});
