import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { createSubscriptions } from './subscriptions/create-subscriptions.ts';
import { setUp } from './testing/client-set-up.ts';
import { buyerMessage, chat, CHAT_ID, events, USER_ID } from './testing/examples.ts';
import {
  classifyAuthor,
  eventKeyOf,
  identifyWebhookEvent,
  parseWebhookEvent,
  verifySignature,
} from './webhook/index.ts';

// What is known about Avito contradicts itself in twenty places. The rule for each that concerns this package is here
// under its number; finer cases stand beside the code.

const inChat = { userId: USER_ID, chatId: CHAT_ID };
const hello = { ...inChat, text: 'Да, продаём' };
const HOOK_URL = 'https://shop.example/hook';

function messageIn(json: unknown) {
  const parsed = parseWebhookEvent(json);
  if (parsed.kind !== 'message') throw new Error(`not a message: ${parsed.reason}`);
  return parsed.event;
}

describe('C1: an expired token', () => {
  test.each([401, 403])('is answered by %i, renewed once, and the call repeated once', async (status) => {
    const { avito, client } = await setUp();
    avito.replyOnce({ status });
    avito.replyOnce({ body: { id: 'm1' } });
    expect((await client.sendText(hello)).outcome).toBe('sent');
    expect(avito.tokenCalls()).toHaveLength(2);
  });

  test('a second 403 is about rights and makes no loop', async () => {
    const { avito, client } = await setUp();
    avito.replyOnce({ status: 403 });
    avito.replyOnce({ status: 403 });
    const code = 'avito.access-denied';
    expect(await client.sendText(hello)).toMatchObject({ outcome: 'not-sent', error: { code } });
    expect(avito.apiCalls()).toHaveLength(2);
  });
});

test.each([
  ['an object with meta', { messages: [buyerMessage], meta: { has_more: false } }],
  ['a bare array', [buyerMessage]],
])('C2: a history in %s is read', async (_, body) => {
  const { avito, client } = await setUp();
  avito.replyOnce({ body });
  expect((await client.listMessages(inChat)).messages).toMatchObject([{ id: buyerMessage.id }]);
});

test('C3: another system’s webhook is not replaced without being told to', async () => {
  const { avito, client } = await setUp();
  avito.replyOnce({ body: { subscriptions: [{ url: 'https://crm.example/avito', version: '3' }] } });
  const register = createSubscriptions({ avito: client, token: 'hook-token' }).register({
    userId: USER_ID,
    url: HOOK_URL,
    replace: false,
  });
  await expect(register).rejects.toMatchObject({
    code: 'webhook.foreign-subscription',
    message: expect.stringContaining('https://crm.example/avito'),
  });
  expect(avito.apiCalls()).toHaveLength(1);
});

test.each([['v1.1'], ['v3.0.0'], [undefined], [7]])('C4: an event of version %j is read', (version) => {
  expect(messageIn({ ...events.text, version })).toMatchObject({ chatId: CHAT_ID });
});

test('C5: our own message coming back is told apart from a buyer’s', () => {
  expect(classifyAuthor(messageIn(events.echo))).toBe('own');
  expect(classifyAuthor(messageIn(events.text))).toBe('buyer');
});

test.each([
  ['author 0', { author_id: 0 }],
  ['author 1', { author_id: 1 }],
  ['type system', { type: 'system' }],
  ['a flow', { content: { flow_id: 'flower_161071', text: 'Ждём вас' } }],
  [
    'a flow that speaks for the seller',
    { author_id: USER_ID, content: { flow_id: 'seller_audience_discount' } },
  ],
])('C6: a message with %s is Avito’s', (_, value) => {
  expect(classifyAuthor(messageIn(events.withValue(value)))).toBe('avito');
});

describe('C7: the signature', () => {
  const rawBody = Buffer.from(JSON.stringify(events.text));
  const signature = createHmac('sha256', 's3cret').update(rawBody).digest('hex');

  test.each([
    ['hmac', signature, 'valid'],
    ['hmac', '0'.repeat(64), 'invalid'],
    ['presence', 'anything', 'valid'],
    ['off', undefined, 'not-required'],
    ['hmac', undefined, 'absent'],
  ] as const)('in mode %s, being %s, is %s', (mode, value, kind) => {
    for (const name of ['x-avito-messenger-signature', 'x-avito-signature']) {
      const headers = { [name]: value };
      expect(verifySignature({ rawBody, headers, mode, secrets: ['s3cret'] })).toEqual({ kind });
    }
  });
});

test.each([
  ['402', 402, 'Payment required', 'avito.payment-required'],
  ['403 about the subscription', 403, 'Нужна подписка «Максимальный»', 'avito.payment-required'],
  ['403', 403, 'Forbidden', 'avito.access-denied'],
])('C8: access refused by %s is not worth a retry', async (_, status, message, code) => {
  const { avito, client } = await setUp();
  for (let i = 0; i < 2; i += 1) avito.replyOnce({ status, body: { error: { code: status, message } } });
  await expect(client.getSelf()).rejects.toMatchObject({ code, isRetryable: false });
});

test('C9: ids beyond 32 bits survive', async () => {
  const { avito, client } = await setUp();
  const id = 2 ** 53 - 1;
  avito.replyOnce({ body: { ...chat, context: { type: 'item', value: { id } } } });
  expect((await client.getChat(inChat)).item?.id).toBe(id);
  expect(messageIn(events.withValue({ item_id: id, author_id: id }))).toMatchObject({
    itemId: id,
    authorId: id,
  });
});

test.each([200, 201])('C10: a webhook registered with status %i is registered', async (status) => {
  const { avito, client } = await setUp();
  avito.replyOnce({ status, body: { ok: true } });
  await expect(client.registerWebhook({ userId: USER_ID, url: HOOK_URL })).resolves.toBeUndefined();
});

test('C11: a text goes with its type and message, and no url', async () => {
  const { avito, client, lastCall } = await setUp();
  avito.replyOnce({ body: { id: 'm1' } });
  await client.sendText(hello);
  expect(lastCall().body).toBe('{"type":"text","message":{"text":"Да, продаём"}}');
});

test('C12: tokens are asked for without a slash at the end', async () => {
  const { avito, client } = await setUp();
  avito.replyOnce({ body: { id: USER_ID } });
  await client.getSelf();
  expect(avito.calls[0]?.path).toBe('/token');
});

test('C13: a page has a hundred entries, and no more can be asked for', async () => {
  const { avito, client } = await setUp();
  avito.replyOnce({ body: { chats: [] } });
  await client.listChats({ userId: USER_ID });
  expect(avito.apiCalls()[0]?.query.get('limit')).toBe('100');
  await expect(client.listChats({ userId: USER_ID, limit: 101 })).rejects.toMatchObject({
    code: 'avito.bad-request',
  });
});

test.each([
  [true, 'true'],
  [false, 'false'],
])('C14: the boolean %s goes in lower case', async (unreadOnly, written) => {
  const { avito, client } = await setUp();
  avito.replyOnce({ body: { chats: [] } });
  await client.listChats({ userId: USER_ID, unreadOnly });
  expect(avito.apiCalls()[0]?.query.get('unread_only')).toBe(written);
});

test('C15: arrays repeat their key', async () => {
  const { avito, client } = await setUp();
  avito.replyOnce({ body: { chats: [] } });
  await client.listChats({ userId: USER_ID, itemIds: [1, 2], chatTypes: ['u2i', 'u2u'] });
  avito.replyOnce({ body: { voices_urls: {} } });
  await client.getVoiceUrls({ userId: USER_ID, voiceIds: ['v1', 'v2'] });
  const [chats, voices] = avito.apiCalls();
  expect(chats?.query.getAll('item_ids')).toEqual(['1', '2']);
  expect(chats?.query.getAll('chat_types')).toEqual(['u2i', 'u2u']);
  expect(voices?.query.getAll('voice_ids')).toEqual(['v1', 'v2']);
});

test('C16: a send that may have arrived is not repeated, and says so', async () => {
  const { avito, client } = await setUp();
  avito.replyOnce((request) => request.resume().once('end', () => request.socket.destroy()));
  expect((await client.sendText(hello)).outcome).toBe('unknown');
  expect(avito.apiCalls()).toHaveLength(1);
});

test.each(['https://shop.example/hook', 'http://203.0.113.7:8080/hook'])(
  'C17: %s may be registered',
  async (url) => {
    const { avito, client, lastCall } = await setUp();
    avito.replyOnce({ body: { ok: true } });
    await client.registerWebhook({ userId: USER_ID, url });
    expect(lastCall().body).toBe(JSON.stringify({ url }));
  },
);

test.each([
  ['missing', undefined],
  ['null', null],
])('C18: an event is read with its listing, times and read mark %s', (_, value) => {
  const event = messageIn(events.withValue({ item_id: value, published_at: value, read: value }));
  expect(event).toMatchObject({ chatId: CHAT_ID, itemId: null, publishedAt: null });
});

test.each([
  ['the messenger’s', { error: { code: 404, message: 'Not found' } }, '«Not found»'],
  ['validation’s', { error: { code: 404, message: 'Not found', fields: { a: 'b' } } }, '«Not found»'],
  ['the items API’s', { code: 'not_found', message: 'Not found' }, '«Not found»'],
  ['other sections’', { errors: [{ message: 'Not found' }] }, '«Not found»'],
  ['the gateway’s', { result: { status: false, message: 'Not found' } }, '«Not found»'],
  ['no', '<html>404</html>', '404;'],
])('C19: a refusal in %s shape is understood', async (_, body, words) => {
  const { avito, client } = await setUp();
  avito.replyOnce({ status: 404, body });
  await expect(client.getSelf()).rejects.toMatchObject({
    code: 'avito.not-found',
    status: 404,
    message: expect.stringContaining(words),
  });
});

test('C19: a refusal that concerns a chat is not quoted: it may hold what was said there', async () => {
  const { avito, client } = await setUp();
  avito.replyOnce({ status: 404, body: { error: { code: 404, message: 'Иван, +7 912 345-67-89' } } });
  const failure = await client.getChat(inChat).catch(String);
  expect(failure).toMatch(/404;/);
  expect(failure).not.toMatch(/Иван|345/);
});

test('C20: a redelivery has the key of the first delivery, whatever its envelope says', () => {
  const keyOf = (json: unknown) =>
    eventKeyOf({ identity: identifyWebhookEvent(json), rawBody: Buffer.from(JSON.stringify(json)) });
  const again = { ...events.text, id: 'f0e1d2c3-b4a5-4968-8776-655443322110', timestamp: 1795339999 };
  expect(keyOf(again)).toBe(keyOf(events.text));
});
