import { describe, expect, test } from 'vitest';
import { setUp } from '../testing/client-set-up.ts';
import { collect } from '../testing/collect.ts';
import { BUYER_ID, CHAT_ID, USER_ID } from '../testing/examples.ts';

const inChat = { userId: USER_ID, chatId: CHAT_ID };
const ACCOUNT_V1 = `/messenger/v1/accounts/${USER_ID}`;

describe('each call uses Avito’s method, path and form', () => {
  test('markChatRead', async () => {
    const { avito, client, lastCall } = await setUp();
    avito.replyOnce({ body: { ok: true } });
    await client.markChatRead(inChat);
    expect(lastCall()).toEqual({
      method: 'POST',
      path: `${ACCOUNT_V1}/chats/${CHAT_ID}/read`,
      query: '',
      body: '',
    });
  });

  test('deleteMessage, a POST without a body', async () => {
    const { avito, client, lastCall } = await setUp();
    avito.replyOnce({ body: {} });
    await client.deleteMessage({ ...inChat, messageId: 'm1' });
    expect(lastCall()).toEqual({
      method: 'POST',
      path: `${ACCOUNT_V1}/chats/${CHAT_ID}/messages/m1`,
      query: '',
      body: '',
    });
  });

  test('getVoiceUrls with a repeated key', async () => {
    const { avito, client, lastCall } = await setUp();
    avito.replyOnce({ body: { voices_urls: { 'v-1': 'https://voice.example/1.mp4', 'v-2': null } } });
    const urls = await client.getVoiceUrls({ userId: USER_ID, voiceIds: ['v-1', 'v-2'] });
    expect(urls).toEqual(new Map([['v-1', 'https://voice.example/1.mp4']]));
    expect(lastCall()).toMatchObject({
      method: 'GET',
      path: `${ACCOUNT_V1}/getVoiceFiles`,
      query: 'voice_ids=v-1&voice_ids=v-2',
    });
  });

  test.each([
    ['spam', 1],
    ['fraud', 2],
    ['abuse', 3],
    ['other', 4],
  ] as const)('blacklistBuyer for %s', async (reason, reasonId) => {
    const { avito, client, lastCall } = await setUp();
    avito.replyOnce({ body: '' });
    await client.blacklistBuyer({ userId: USER_ID, buyerId: BUYER_ID, itemId: 7632548911, reason });
    expect(lastCall()).toMatchObject({
      method: 'POST',
      path: `/messenger/v2/accounts/${USER_ID}/blacklist`,
      body: `{"users":[{"user_id":${BUYER_ID},"context":{"item_id":7632548911,"reason_id":${reasonId}}}]}`,
    });
  });

  test('getItemInfo', async () => {
    const { avito, client, lastCall } = await setUp();
    avito.replyOnce({
      body: {
        status: 'active',
        url: 'https://example.org/item',
        start_time: '2026-11-01T10:00:00+03:00',
        finish_time: null,
        autoload_item_id: 'A-17',
        vas: [],
      },
    });
    expect(await client.getItemInfo({ userId: USER_ID, itemId: 7632548911 })).toEqual({
      status: 'active',
      url: 'https://example.org/item',
      startsAt: new Date('2026-11-01T07:00:00Z'),
      endsAt: null,
      autoloadItemId: 'A-17',
    });
    expect(lastCall()).toMatchObject({
      method: 'GET',
      path: `/core/v1/accounts/${USER_ID}/items/7632548911/`,
    });
  });

  test('listItems, in which price and address may be null', async () => {
    const { avito, client, lastCall } = await setUp();
    const garage = { id: 7632548911, title: 'Гараж', price: null, status: 'active', url: null };
    avito.replyOnce({ body: { meta: { page: 2, per_page: 25 }, resources: [garage, { title: 'no id' }] } });
    const page = await client.listItems({
      userId: USER_ID,
      page: 2,
      perPage: 25,
      statuses: ['active', 'old'],
      updatedFrom: '2026-11-01',
      category: 111,
    });
    expect(page).toEqual({ items: [{ ...garage, address: null, category: null }], nextPage: null });
    expect(lastCall()).toMatchObject({
      method: 'GET',
      path: '/core/v1/items',
      query: 'per_page=25&page=2&status=active%2Cold&updatedAtFrom=2026-11-01&category=111',
    });
  });
});

test('a full page of listings has a successor, and the iterator goes on to it', async () => {
  const { avito, client } = await setUp();
  const resources = Array.from({ length: 99 }, (_, index) => ({ id: index + 1 }));
  avito.replyOnce({ body: { resources } });
  avito.replyOnce({ body: { resources: [{ id: 100 }] } });
  const items = await collect(client.eachItem({ userId: USER_ID }));
  expect(items).toHaveLength(100);
  expect(avito.apiCalls().map(({ query }) => query.get('page'))).toEqual(['1', '2']);
});

describe('deleting', () => {
  const NOW_MS = 1795333261_000;
  const clock = { now: () => NOW_MS };

  test('is refused here when the message is known to be older than an hour', async () => {
    const { avito, client } = await setUp({ clock });
    const call = client.deleteMessage({ ...inChat, messageId: 'm1', sentAt: new Date(NOW_MS - 3_600_001) });
    await expect(call).rejects.toMatchObject({ code: 'avito.too-late-to-delete', isRetryable: false });
    expect(avito.calls).toEqual([]);
  });

  test('is tried when the message is an hour old', async () => {
    const { avito, client } = await setUp({ clock });
    avito.replyOnce({ body: {} });
    await client.deleteMessage({ ...inChat, messageId: 'm1', sentAt: new Date(NOW_MS - 3_600_000) });
    expect(avito.apiCalls()).toHaveLength(1);
  });

  test('of a message that is too old or not ours is told as such', async () => {
    const { avito, client } = await setUp();
    avito.replyOnce({ status: 400 });
    await expect(client.deleteMessage({ ...inChat, messageId: 'm1' })).rejects.toMatchObject({
      code: 'avito.not-deletable',
      message: expect.stringContaining('within an hour'),
      mayHaveTakenEffect: false,
    });
  });

  test('may have happened when the connection breaks', async () => {
    const { avito, client } = await setUp();
    avito.replyOnce((request) => request.socket.destroy());
    await expect(client.deleteMessage({ ...inChat, messageId: 'm1' })).rejects.toMatchObject({
      mayHaveTakenEffect: true,
    });
  });
});

test('what Avito tells is fit for storing: no database takes the character NUL', async () => {
  const { avito, client } = await setUp();
  const users = [{ id: BUYER_ID, name: 'Ив\0ан' }];
  avito.replyOnce({ body: { id: CHAT_ID, users } });
  expect((await client.getChat(inChat)).buyer).toEqual({ id: BUYER_ID, name: 'Иван' });
});

test('a call may have a timeout of its own', async () => {
  const { avito, client } = await setUp();
  avito.replyOnce((request) => request.resume());
  await expect(client.markChatRead({ ...inChat, timeoutMs: 50 })).rejects.toMatchObject({
    code: 'avito.timeout',
  });
});

describe('what Avito would refuse is not even sent', () => {
  type Client = Awaited<ReturnType<typeof setUp>>['client'];
  test.each<[string, (client: Client) => Promise<unknown>]>([
    ['a page of 100 listings', (client) => client.listItems({ userId: USER_ID, perPage: 100 })],
    ['page 0', (client) => client.listItems({ userId: USER_ID, page: 0 })],
    ['a date that is none', (client) => client.listItems({ userId: USER_ID, updatedFrom: 'yesterday' })],
    ['no voice message', (client) => client.getVoiceUrls({ userId: USER_ID, voiceIds: [] })],
    ['a message id that climbs', (client) => client.deleteMessage({ ...inChat, messageId: '..' })],
    [
      'a buyer without an id',
      (client) => client.blacklistBuyer({ userId: USER_ID, buyerId: 0, reason: 'spam' }),
    ],
    ['a listing without an id', (client) => client.getItemInfo({ userId: USER_ID, itemId: Number.NaN })],
  ])('%s', async (_, attempt) => {
    const { avito, client } = await setUp();
    await expect(attempt(client)).rejects.toMatchObject({ code: 'avito.bad-request', isRetryable: false });
    expect(avito.calls).toEqual([]);
  });
});
