import { describe, expect, test } from 'vitest';
import { createAvitoClient } from './client.ts';
import { collect } from './testing/collect.ts';
import { startAvito } from './testing/avito-stand-in.ts';
import { BUYER_ID, buyerMessage, chat, CHAT_ID, USER_ID } from './testing/examples.ts';

async function setUp() {
  const avito = await startAvito();
  const client = createAvitoClient({
    baseUrl: avito.baseUrl,
    credentials: { clientId: 'client', clientSecret: 's3cret' },
  });
  return { avito, client };
}

const call = (avito: Awaited<ReturnType<typeof startAvito>>) => {
  const { method, path, query, body } = avito.apiCalls()[0] ?? {};
  return { method, path, query: query?.toString(), body };
};

describe('each call uses Avito’s method, path and form', () => {
  test('getSelf', async () => {
    const { avito, client } = await setUp();
    avito.replyOnce({
      body: { id: USER_ID, name: 'Магазин', profile_url: 'https://example.org', phones: [] },
    });
    expect(await client.getSelf()).toEqual({
      id: USER_ID,
      name: 'Магазин',
      email: null,
      phone: null,
      profileUrl: 'https://example.org',
    });
    expect(call(avito)).toEqual({ method: 'GET', path: '/core/v1/accounts/self', query: '', body: '' });
  });

  test('listChats with lower-case booleans and repeated keys', async () => {
    const { avito, client } = await setUp();
    avito.replyOnce({ body: { chats: [chat, { broken: true }], meta: { has_more: true } } });
    const { chats, hasMore } = await client.listChats({
      userId: USER_ID,
      limit: 50,
      offset: 100,
      unreadOnly: true,
      itemIds: [7632548911, 5],
      chatTypes: ['u2i', 'a2u'],
    });
    expect(chats).toMatchObject([
      { id: CHAT_ID, buyer: { id: BUYER_ID }, item: { priceString: '300 000 ₽' } },
    ]);
    expect(hasMore).toBe(true);
    expect(call(avito)).toMatchObject({ method: 'GET', path: `/messenger/v2/accounts/${USER_ID}/chats` });
    expect(call(avito).query).toBe(
      'limit=50&offset=100&unread_only=true&chat_types=u2i&chat_types=a2u&item_ids=7632548911&item_ids=5',
    );
  });

  test('eachMessage leaves out what makes no sense, unless what is missing would mislead', async () => {
    const { avito, client } = await setUp();
    const whole = { userId: USER_ID, chatId: CHAT_ID };
    const body = { messages: [buyerMessage, { broken: true }], meta: { has_more: false } };
    avito.replyOnce({ body });
    expect(await collect(client.eachMessage(whole))).toHaveLength(1);
    avito.replyOnce({ body });
    await expect(collect(client.eachMessage({ ...whole, mustBeWhole: true }))).rejects.toMatchObject({
      code: 'avito.bad-body',
      isRetryable: true,
    });
    avito.replyOnce({ body });
    for await (const { id } of client.eachMessage({ ...whole, mustBeWhole: true })) {
      expect(id).toBe(buyerMessage.id);
      break;
    }
  });

  test('getChat with an encoded id', async () => {
    const { avito, client } = await setUp();
    avito.replyOnce({ body: chat });
    await client.getChat({ userId: USER_ID, chatId: 'u2i-a/b?c#d~e' });
    expect(call(avito).path).toBe(`/messenger/v2/accounts/${USER_ID}/chats/u2i-a%2Fb%3Fc%23d~e`);
  });

  test.each([
    ['an object', { messages: [buyerMessage], meta: { has_more: false } }, false],
    ['a bare array', [buyerMessage], null],
  ])('listMessages, answered by %s', async (_, body, hasMore) => {
    const { avito, client } = await setUp();
    avito.replyOnce({ body });
    const page = await client.listMessages({ userId: USER_ID, chatId: CHAT_ID });
    expect(page).toMatchObject({ messages: [{ id: buyerMessage.id, text: 'Торг есть?' }], hasMore });
    expect(call(avito)).toMatchObject({
      method: 'GET',
      path: `/messenger/v3/accounts/${USER_ID}/chats/${CHAT_ID}/messages/`,
      query: 'limit=100&offset=0',
    });
  });

  test('sendText with nothing but type and text', async () => {
    const { avito, client } = await setUp();
    avito.replyOnce({ body: { id: 'm1', created: 1795333261, direction: 'out', type: 'text' } });
    expect(await client.sendText({ userId: USER_ID, chatId: CHAT_ID, text: 'Да, продаём 🚗' })).toEqual({
      outcome: 'sent',
      messageId: 'm1',
      createdAt: new Date(1795333261_000),
    });
    expect(call(avito)).toMatchObject({
      method: 'POST',
      path: `/messenger/v1/accounts/${USER_ID}/chats/${CHAT_ID}/messages`,
      body: '{"type":"text","message":{"text":"Да, продаём 🚗"}}',
    });
    expect(avito.apiCalls()[0]?.header('content-type')).toBe('application/json');
  });

  test('listSubscriptions, a POST without a body', async () => {
    const { avito, client } = await setUp();
    avito.replyOnce({ body: { subscriptions: [{ url: 'https://shop.example/hook', version: '3' }] } });
    expect(await client.listSubscriptions({ userId: USER_ID })).toEqual([
      { url: 'https://shop.example/hook', version: '3' },
    ]);
    expect(call(avito)).toEqual({ method: 'POST', path: '/messenger/v1/subscriptions', query: '', body: '' });
  });

  test.each([
    [200, { ok: true }],
    [201, ''],
  ])('registerWebhook, answered by %i', async (status, body) => {
    const { avito, client } = await setUp();
    avito.replyOnce({ status, body });
    await client.registerWebhook({ userId: USER_ID, url: 'https://shop.example/hook' });
    expect(call(avito)).toEqual({
      method: 'POST',
      path: '/messenger/v3/webhook',
      query: '',
      body: '{"url":"https://shop.example/hook"}',
    });
  });

  test('unregisterWebhook', async () => {
    const { avito, client } = await setUp();
    avito.replyOnce({ body: { ok: true } });
    await client.unregisterWebhook({ userId: USER_ID, url: 'https://shop.example/hook' });
    expect(call(avito)).toMatchObject({ method: 'POST', path: '/messenger/v1/webhook/unsubscribe' });
  });
});

test('an express refusal inside a success is an error', async () => {
  const { avito, client } = await setUp();
  avito.replyOnce({ body: { ok: false } });
  await expect(
    client.registerWebhook({ userId: USER_ID, url: 'https://shop.example/hook' }),
  ).rejects.toMatchObject({ code: 'avito.bad-body' });
});

describe('what Avito would refuse is not even sent', () => {
  type Client = Awaited<ReturnType<typeof setUp>>['client'];
  test.each<[string, (client: Client) => Promise<unknown>]>([
    ['a limit over 100', (client) => client.listChats({ userId: USER_ID, limit: 101 })],
    [
      'an offset over 1000',
      (client) => client.listMessages({ userId: USER_ID, chatId: CHAT_ID, offset: 1001 }),
    ],
    ['a user id that is none', (client) => client.getChat({ userId: Number.NaN, chatId: CHAT_ID })],
    ['an empty chat id', (client) => client.getChat({ userId: USER_ID, chatId: '' })],
    ['a chat id that climbs up the path', (client) => client.getChat({ userId: USER_ID, chatId: '..' })],
    ['a webhook that is no URL', (client) => client.registerWebhook({ userId: USER_ID, url: 'shop' })],
    ['a webhook by FTP', (client) => client.registerWebhook({ userId: USER_ID, url: 'ftp://shop.example' })],
  ])('%s', async (_, attempt) => {
    const { avito, client } = await setUp();
    await expect(attempt(client)).rejects.toMatchObject({
      name: 'AvitoRequestError',
      code: 'avito.bad-request',
      isRetryable: false,
    });
    expect(avito.calls).toEqual([]);
  });
});

describe('the token', () => {
  test('is asked for by a form, once for many calls, and sent as bearer', async () => {
    const { avito, client } = await setUp();
    for (let i = 0; i < 5; i += 1) avito.replyOnce({ body: { id: USER_ID } });
    await Promise.all([client.getSelf(), client.getSelf(), client.getSelf(), client.getSelf()]);
    await client.getSelf();
    const [token, ...others] = avito.tokenCalls();
    expect(others).toEqual([]);
    expect(token?.method).toBe('POST');
    expect(token?.header('content-type')).toBe('application/x-www-form-urlencoded');
    expect(token?.body).toBe('grant_type=client_credentials&client_id=client&client_secret=s3cret');
    expect(avito.apiCalls().map(({ header }) => header('authorization'))).toEqual(
      Array.from({ length: 5 }, () => 'Bearer token-1'),
    );
  });

  test.each([
    [401, { error: { code: 401, message: 'Unauthorized' } }],
    [403, { result: { status: false, message: 'access token expired' } }],
  ])('is renewed after a %i and the call repeated', async (status, body) => {
    const { avito, client } = await setUp();
    avito.replyOnce({ status, body });
    avito.replyOnce({ body: { id: USER_ID } });
    expect((await client.getSelf()).id).toBe(USER_ID);
    expect(avito.apiCalls().map(({ header }) => header('authorization'))).toEqual([
      'Bearer token-1',
      'Bearer token-2',
    ]);
  });

  test('is renewed only once per call: a second refusal is about rights', async () => {
    const { avito, client } = await setUp();
    avito.replyOnce({ status: 403, body: { error: { code: 403, message: 'Forbidden' } } });
    avito.replyOnce({ status: 403, body: { error: { code: 403, message: 'Forbidden' } } });
    await expect(client.getSelf()).rejects.toMatchObject({
      name: 'AvitoApiError',
      code: 'avito.access-denied',
      status: 403,
      isRetryable: false,
      message: expect.stringContaining('«Forbidden»'),
    });
    expect(avito.apiCalls()).toHaveLength(2);
    expect(avito.tokenCalls()).toHaveLength(2);
  });

  test('is not renewed after a 402: access is not paid', async () => {
    const { avito, client } = await setUp();
    avito.replyOnce({ status: 402, body: { error: { code: 402, message: 'Payment required' } } });
    await expect(client.getSelf()).rejects.toMatchObject({
      code: 'avito.payment-required',
      isRetryable: false,
    });
    expect(avito.calls).toHaveLength(2);
  });

  test('refused for the sake of the subscription means unpaid, too', async () => {
    const { avito, client } = await setUp();
    const refusal = { status: 403, body: { error: { code: 403, message: 'Нужна подписка «Максимальная»' } } };
    avito.replyOnce(refusal);
    avito.replyOnce(refusal);
    await expect(client.getSelf()).rejects.toMatchObject({ code: 'avito.payment-required' });
  });

  test.each([
    [400, 'avito.bad-credentials', false],
    [401, 'avito.bad-credentials', false],
    [404, 'avito.bad-credentials', false],
    [429, 'avito.rate-limited', true],
    [503, 'avito.server-error', true],
  ])('refused by %i is %s', async (status, code, isRetryable) => {
    const { avito, client } = await setUp();
    avito.replyToTokenOnce({ status, body: { error: 'invalid_client' } });
    await expect(client.getSelf()).rejects.toMatchObject({ code, isRetryable });
    expect(avito.apiCalls()).toEqual([]);
  });

  test('missing in the answer is a bad body', async () => {
    const { avito, client } = await setUp();
    avito.replyToTokenOnce({ body: { token_type: 'Bearer' } });
    await expect(client.getSelf()).rejects.toMatchObject({ code: 'avito.bad-body' });
  });
});

describe('a read that fails', () => {
  test.each([
    [400, 'avito.bad-request', false],
    [404, 'avito.not-found', false],
    [408, 'avito.request-timeout', true],
    [429, 'avito.rate-limited', true],
    [500, 'avito.server-error', true],
    [503, 'avito.server-error', true],
    [302, 'avito.unexpected-status', false],
  ])('by status %i is %s', async (status, code, isRetryable) => {
    const { avito, client } = await setUp();
    avito.replyOnce({ status, headers: { location: '/elsewhere' }, body: '<html>' });
    await expect(client.getSelf()).rejects.toMatchObject({
      name: 'AvitoApiError',
      code,
      status,
      isRetryable,
      mayHaveTakenEffect: false,
    });
    expect(avito.apiCalls()).toHaveLength(1);
  });

  test('tells how long Avito asks to wait', async () => {
    const { avito, client } = await setUp();
    avito.replyOnce({ status: 429, headers: { 'retry-after': '3' } });
    await expect(client.getSelf()).rejects.toMatchObject({ retryAfterMs: 3_000 });
  });

  test.each([
    ['a page', '<html>Welcome</html>'],
    ['half a JSON', '{"id":'],
    ['nothing', ''],
    ['another thing', { name: 'no id' }],
  ])('by %s instead of the answer is a bad body', async (_, body) => {
    const { avito, client } = await setUp();
    avito.replyOnce({ body });
    await expect(client.getSelf()).rejects.toMatchObject({
      name: 'AvitoResponseError',
      code: 'avito.bad-body',
      isRetryable: true,
    });
  });
});
