import { expect, test } from 'vitest';
import { BUYER_ID, buyerMessage, USER_ID } from '../testing/examples.ts';
import { messageSchema } from './message.ts';

const read = (wire: unknown) => messageSchema(USER_ID).parse(wire);

test('a message is read with its text, its times and its quote', () => {
  expect(read(buyerMessage)).toEqual({
    id: '5f0c9a7e21d84b6f8c3e1a2b4d6f7081',
    authorId: BUYER_ID,
    createdAt: new Date(1795333201_000),
    direction: 'in',
    type: 'text',
    text: 'Торг есть?',
    content: { text: 'Торг есть?' },
    isRead: true,
    readAt: null,
    quote: { id: '91be2c40f7d3456aa0c5e8b1d2f3a4c6', authorId: USER_ID, text: '300 тысяч' },
  });
});

test('a message may lack all but its id and its time', () => {
  expect(read({ id: 'a', created: 1 })).toEqual({
    id: 'a',
    authorId: null,
    createdAt: new Date(1_000),
    direction: 'in',
    type: 'unknown',
    text: null,
    content: {},
    isRead: null,
    readAt: null,
    quote: null,
  });
});

test('without a direction the author tells it', () => {
  expect(read({ id: 'a', created: 1, author_id: USER_ID }).direction).toBe('out');
  expect(read({ id: 'a', created: 1, author_id: BUYER_ID }).direction).toBe('in');
});

test.each([
  ['no id', { created: 1 }],
  ['no time', { id: 'a' }],
  ['a time beyond every calendar', { id: 'a', created: 1e18 }],
])('a message with %s is refused', (_, wire) => {
  expect(messageSchema(USER_ID).safeParse(wire).success).toBe(false);
});
