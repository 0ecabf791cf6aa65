import { anything, assert, constantFrom, dictionary, property, string } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { namesErased } from './erasure-subject.ts';

const chatIds = ['u2i-Qm4TzXk0aV~7wYb3NdKsLg'];
const authorId = 287_654_321;

describe('a payload', () => {
  test.each([
    { accountId: 7, chatId: chatIds[0], turn: 3 },
    { body: { payload: { value: { chat_id: chatIds[0] } } } },
    { body: [{ anywhere: [chatIds[0]] }] },
    { body: { payload: { value: { author_id: authorId } } } },
    { value: { buyerId: String(authorId) } },
    { value: { users: [{ id: authorId, name: 'Иван' }] } },
  ])('%j names what is erased', (payload) => {
    expect(namesErased(payload, { chatIds, authorId })).toBe(true);
  });

  test.each([
    { accountId: 7, chatId: 'u2i-other' },
    { payload: { value: { item_id: authorId } } },
    { payload: { value: { price: authorId, text: String(authorId) } } },
    null,
    'u2i',
  ])('%j does not', (payload) => {
    expect(namesErased(payload, { chatIds, authorId })).toBe(false);
  });

  test('that holds the chat anywhere within reach is found; one that holds nothing of it is not', () => {
    const place = dictionary(string(), anything({ maxDepth: 3 }));
    assert(
      property(place, place, constantFrom('a', 'chat_id', 'x'), (around, within, key) => {
        const nested = { ...around, in: { ...within, [key]: chatIds[0] } };
        expect(namesErased(nested, { chatIds })).toBe(true);
        expect(namesErased({ ...around, in: within }, { chatIds: ['u2i-never-written'] })).toBe(false);
      }),
    );
  });
});
