import { expect, test } from 'vitest';
import { BUYER_ID, chat, CHAT_ID, USER_ID } from '../testing/examples.ts';
import { chatSchema } from './chat.ts';

const read = (wire: unknown) => chatSchema(USER_ID).parse(wire);

test('a chat is read with its listing, its buyer and its last message', () => {
  expect(read(chat)).toEqual({
    id: CHAT_ID,
    type: 'u2i',
    createdAt: new Date(1795330000_000),
    updatedAt: new Date(1795333201_000),
    item: {
      id: 7632548911,
      title: 'Гараж',
      priceString: '300 000 ₽',
      url: 'https://example.org/item',
      status: 10,
      location: 'Москва',
    },
    buyer: { id: BUYER_ID, name: 'Иван' },
    lastMessage: expect.objectContaining({ direction: 'in', text: 'Здравствуйте!', isRead: null }),
  });
});

test('the buyer is the participant who is not us, wherever he stands in the list', () => {
  expect(read({ ...chat, users: chat.users.toReversed() }).buyer?.id).toBe(BUYER_ID);
});

test.each([
  ['null', null],
  ['absent', undefined],
  ['of another kind', { type: 'item', value: null }],
  ['empty', {}],
])('a chat whose context is %s has no listing', (_, context) => {
  expect(read({ ...chat, context }).item).toBeNull();
});

test('an id is enough for a chat', () => {
  expect(read({ id: 'u2u-Lk3' })).toEqual({
    id: 'u2u-Lk3',
    type: 'u2u',
    createdAt: null,
    updatedAt: null,
    item: null,
    buyer: null,
    lastMessage: null,
  });
});

test('odd optional fields do not spoil the rest', () => {
  const odd = read({
    ...chat,
    created: 'yesterday',
    users: [null, { name: 'no id' }, { id: '5' }],
    last_message: {},
  });
  expect(odd).toMatchObject({ createdAt: null, buyer: { id: 5, name: null }, lastMessage: null });
});

test('ids beyond 32 bits are kept exactly', () => {
  const value = { ...chat.context.value, id: 9_007_199_254_740_991 };
  expect(read({ ...chat, context: { type: 'item', value } }).item?.id).toBe(9_007_199_254_740_991);
});
