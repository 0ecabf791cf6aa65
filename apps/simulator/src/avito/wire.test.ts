import { expect, test } from 'vitest';
import type { Chat, Message } from './model.ts';
import { defaultAccount } from './shop.ts';
import { chatOnWire, eventOnWire, messageOnWire } from './wire.ts';

const account = defaultAccount();
const message: Message = {
  id: '5f0c9a7e21d84b6f8c3e1a2b4d6f7081',
  authorId: 287_654_321,
  created: 1_795_333_201,
  direction: 'in',
  type: 'text',
  content: { text: 'Здравствуйте! Ещё продаёте?' },
  isRead: false,
  read: null,
};
const chat: Chat = {
  id: 'u2i-Qm4TzXk0aV~7wYb3NdKsLg',
  accountId: account.id,
  type: 'u2i',
  created: 1_795_330_000,
  updated: 1_795_333_201,
  buyer: { id: 287_654_321, name: 'Иван' },
  listing: account.listings[0],
  messages: [message],
};
const fields = { eventItemId: 'present', eventPublishedAt: 'present', eventVersion: 'v3.0.0' } as const;

test('a message has the documented fields and no chat id', () => {
  expect(messageOnWire(message)).toEqual({
    id: '5f0c9a7e21d84b6f8c3e1a2b4d6f7081',
    author_id: 287_654_321,
    created: 1_795_333_201,
    direction: 'in',
    type: 'text',
    content: { text: 'Здравствуйте! Ещё продаёте?' },
    is_read: false,
    read: null,
  });
});

test('a chat shows the listing with a no-break space in the price, both users and the last message', () => {
  expect(chatOnWire({ account, chat })).toMatchObject({
    id: chat.id,
    context: {
      type: 'item',
      value: { id: 7_632_548_911, price_string: '52\u00a0990 ₽', user_id: account.id, status_id: 10 },
    },
    users: [{ id: 287_654_321, name: 'Иван' }, { id: account.id }],
    last_message: { id: message.id, author_id: 287_654_321, direction: 'in', delivered: 1_795_333_202 },
  });
});

test('a profile chat has no item context', () => {
  const profileChat: Chat = { ...chat, type: 'u2u', listing: undefined, messages: [] };
  const onWire = chatOnWire({ account, chat: profileChat });
  expect(onWire.context).toBeNull();
  expect(onWire).not.toHaveProperty('last_message');
});

test('an event is the envelope of live events, without title, direction or buyer name', () => {
  const event = eventOnWire({ chat, message, nowMs: 1_795_333_202_900, fields });
  expect(event).toEqual({
    id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
    version: 'v3.0.0',
    timestamp: 1_795_333_202,
    payload: {
      type: 'message',
      value: {
        id: message.id,
        chat_id: chat.id,
        user_id: account.id,
        author_id: 287_654_321,
        created: 1_795_333_201,
        type: 'text',
        chat_type: 'u2i',
        content: { text: 'Здравствуйте! Ещё продаёте?' },
        item_id: 7_632_548_911,
        published_at: '2026-11-22T07:40:01Z',
      },
    },
  });
});

test('item_id and published_at go missing when the switches say so', () => {
  const bare = { ...fields, eventItemId: 'missing', eventPublishedAt: 'missing' } as const;
  const { value } = eventOnWire({ chat, message, nowMs: 0, fields: bare }).payload;
  expect(value).not.toHaveProperty('item_id');
  expect(value).not.toHaveProperty('published_at');
  const empty = eventOnWire({ chat, message, nowMs: 0, fields: { ...fields, eventItemId: 'null' } });
  expect(empty.payload.value).toHaveProperty('item_id', null);
});
