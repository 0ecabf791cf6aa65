import type { Chat, Item, Message } from '@avito-autoreply/avito';
import { z } from 'zod';
import { time, timeOf, timeOrNull } from './fields.ts';

export const message = z
  .strictObject({
    id: z.string(),
    direction: z.enum(['in', 'out']),
    author_id: z.int().nullable(),
    type: z.string(),
    text: z.string().nullable(),
    content: z.record(z.string(), z.unknown()).meta({
      description: 'As Avito sent it, by type: the sizes of an image, the `voice_id` of a voice message',
    }),
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
  content: from.content,
  is_read: from.isRead,
  created_at: timeOf(from.createdAt),
});

export const item = z
  .strictObject({
    id: z.int(),
    title: z.string().nullable(),
    price: z.number().nullable().meta({ description: 'In rubles' }),
    status: z.string().nullable(),
    url: z.string().nullable(),
    address: z.string().nullable(),
    category: z.strictObject({ id: z.int().nullable(), name: z.string().nullable() }).nullable(),
  })
  .meta({ id: 'AvitoItem' });

export const itemAnswer = ({ id, title, price, status, url, address, category }: Item) => ({
  id,
  title,
  price,
  status,
  url,
  address,
  category: category && { id: category.id, name: category.name },
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
