import { describe, expect, test } from 'vitest';
import { ACCOUNT_ID, type Call, runSimulator } from './testing/running-simulator.ts';
import { voiceIdOf } from './avito/voice-file.ts';

const CHAT_ID = 'u2i-Qm4TzXk0aV~7wYb3NdKsLg';
const V1 = `/messenger/v1/accounts/${ACCOUNT_ID}`;
const V2 = `/messenger/v2/accounts/${ACCOUNT_ID}`;
const V3 = `/messenger/v3/accounts/${ACCOUNT_ID}`;
const ITEM_ID = 7_632_548_911;
const VOICE_ID = voiceIdOf('');
const PNG = Buffer.from('89504e470d0a1a0a0000', 'hex');
const hexId = expect.stringMatching(/^[0-9a-f]{32}$/);
const int = expect.any(Number);
const url = expect.stringMatching(/^https:/);
const errorBody = (code: number) => ({
  error: expect.objectContaining({ code, message: expect.any(String) }),
});
const itemsError = { code: expect.any(String), message: expect.any(String) };

async function simulatorWithChat() {
  const time = { now: Date.now() };
  const simulator = await runSimulator({ clock: { now: () => time.now } });
  const { chatId } = await simulator.control.buyerWrites({ chatId: CHAT_ID, type: 'voice' });
  const { id } = simulator.control.operatorWrites({ chatId, text: 'Добрый день' });
  return { ...simulator, time, ownMessageId: id };
}

type Fact = [name: string, call: Call, status: number, body: unknown];

const blacklist = (users: unknown): Call => ({ method: 'POST', path: `${V2}/blacklist`, body: { users } });
const entry = { user_id: 287_654_321, context: { item_id: ITEM_ID, reason_id: 1 } };
const item = {
  id: ITEM_ID,
  title: expect.any(String),
  price: 52_990,
  status: 'active',
  url,
  address: 'Москва',
  category: { id: int, name: expect.any(String) },
};
const voices = { voices_urls: { [VOICE_ID]: expect.stringMatching(/^http:/) } };

const facts: Fact[] = [
  ['voice files', { path: `${V1}/getVoiceFiles?voice_ids=${VOICE_ID}` }, 200, voices],
  ['voices with commas', { path: `${V1}/getVoiceFiles?voice_ids=x,${VOICE_ID}` }, 200, voices],
  ['voices as keys', { path: `${V1}/getVoiceFiles?voice_ids=x&voice_ids=${VOICE_ID}` }, 200, voices],
  ['a foreign voice', { path: `${V1}/getVoiceFiles?voice_ids=x` }, 200, { voices_urls: {} }],
  ['no voice', { path: `${V1}/getVoiceFiles` }, 400, errorBody(400)],
  ['blacklist', blacklist([entry]), 200, {}],
  ['blacklist, reason 5', blacklist([{ ...entry, context: { reason_id: 5 } }]), 400, errorBody(400)],
  ['blacklist, nobody', blacklist([]), 400, errorBody(400)],
  [
    'blacklist of another account',
    { ...blacklist([entry]), path: '/messenger/v2/accounts/7/blacklist' },
    403,
    errorBody(403),
  ],
  [
    'an image that was never uploaded',
    { method: 'POST', path: `${V1}/chats/${CHAT_ID}/messages/image`, body: { image_id: '1.none' } },
    400,
    errorBody(400),
  ],
  [
    'an upload that is no form',
    { method: 'POST', path: `${V1}/uploadImages`, body: { image: 'x' } },
    400,
    errorBody(400),
  ],
  [
    'delete an unknown message',
    { method: 'POST', path: `${V1}/chats/${CHAT_ID}/messages/1` },
    404,
    errorBody(404),
  ],
  [
    'items',
    { path: '/core/v1/items?per_page=1' },
    200,
    { meta: { page: 1, per_page: 1 }, resources: [item] },
  ],
  [
    'items by default',
    { path: '/core/v1/items' },
    200,
    expect.objectContaining({ meta: { page: 1, per_page: 25 } }),
  ],
  [
    'items by several statuses',
    { path: '/core/v1/items?status=old,removed' },
    200,
    { meta: { page: 1, per_page: 25 }, resources: [] },
  ],
  ['items, 100 on a page', { path: '/core/v1/items?per_page=100' }, 400, itemsError],
  ['items without a token', { path: '/core/v1/items', token: null }, 401, itemsError],
  [
    'item info',
    { path: `/core/v1/accounts/${ACCOUNT_ID}/items/${ITEM_ID}/` },
    200,
    {
      status: 'active',
      url,
      start_time: expect.any(String),
      finish_time: expect.any(String),
      autoload_item_id: null,
      vas: [],
    },
  ],
  [
    'an unknown item',
    { path: `/core/v1/accounts/${ACCOUNT_ID}/items/1/` },
    200,
    expect.objectContaining({ status: 'not_found', url: null }),
  ],
  ['an item by another account', { path: `/core/v1/accounts/7/items/${ITEM_ID}/` }, 403, itemsError],
];

test.each(facts)('%s', async (_name, call, status, body) => {
  const simulator = await simulatorWithChat();
  const response = await simulator.call(call);
  expect(response).toMatchObject({ status, body });
  expect(response.body).toEqual(body);
});

test('what is blacklisted can be seen on the account', async () => {
  const simulator = await simulatorWithChat();
  await simulator.call(blacklist([entry]));
  expect(simulator.control.accounts()[0]?.blacklist).toEqual([
    { userId: 287_654_321, itemId: ITEM_ID, reasonId: 1 },
  ]);
});

/** A header that says so, and nothing behind it. */
function pngOf({ width, height }: { width: number; height: number }): Buffer {
  const header = Buffer.alloc(24);
  header.write('\u0089PNG\r\n\u001a\n', 'latin1');
  header.writeUInt32BE(width, 16);
  header.writeUInt32BE(height, 20);
  return header;
}

describe('images', () => {
  async function upload(
    simulator: Awaited<ReturnType<typeof simulatorWithChat>>,
    bytes: Buffer,
    field = 'uploadfile[]',
  ) {
    const body = new FormData();
    body.append(field, new Blob([new Uint8Array(bytes)]), 'photo.png');
    const headers = { authorization: `Bearer ${await simulator.token()}` };
    const response = await fetch(`${simulator.url}${V1}/uploadImages`, { method: 'POST', headers, body });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  }

  test('an uploaded image gets an id of its own, as the key, and can be sent', async () => {
    const simulator = await simulatorWithChat();
    const first = await upload(simulator, PNG);
    const [imageId = ''] = Object.keys(first.body);
    expect(first).toEqual({
      status: 200,
      body: { [imageId]: expect.objectContaining({ '1280x960': expect.stringContaining(imageId) }) },
    });
    expect(Object.keys((await upload(simulator, PNG)).body)).not.toEqual([imageId]);

    const path = `${V1}/chats/${CHAT_ID}/messages/image`;
    const sent = await simulator.call({ method: 'POST', path, body: { image_id: imageId } });
    expect(sent.body).toEqual({
      id: hexId,
      created: int,
      direction: 'out',
      type: 'image',
      author_id: ACCOUNT_ID,
      content: { image: { sizes: expect.objectContaining({ '140x105': expect.stringContaining(imageId) }) } },
    });
    expect(simulator.ledger.sends()).toMatchObject([{ by: 'operator' }, { by: 'api' }]);
  });

  test('of exactly 75 megapixels is taken', async () => {
    const simulator = await simulatorWithChat();
    expect(await upload(simulator, pngOf({ width: 10_000, height: 7_500 }))).toMatchObject({ status: 200 });
  });

  test.each([
    ['a PDF', Buffer.from('%PDF-1.7'), 'uploadfile[]'],
    ['more than 24 MB', Buffer.concat([PNG, Buffer.alloc(24 * 1_024 * 1_024)]), 'uploadfile[]'],
    ['more than 75 megapixels', pngOf({ width: 10_000, height: 7_501 }), 'uploadfile[]'],
    ['another field', PNG, 'file'],
  ])('%s is refused', async (_name, bytes, field) => {
    const simulator = await simulatorWithChat();
    expect(await upload(simulator, bytes, field)).toMatchObject({ status: 400, body: errorBody(400) });
  });
});

describe('deleting', () => {
  const deletion = (messageId: string): Call => ({
    method: 'POST',
    path: `${V1}/chats/${CHAT_ID}/messages/${messageId}`,
  });

  test('within the hour leaves an empty entry in the history', async () => {
    const simulator = await simulatorWithChat();
    simulator.time.now += 3_590_000;
    expect(await simulator.call(deletion(simulator.ownMessageId))).toMatchObject({ status: 200, body: {} });
    const { body } = await simulator.call({ path: `${V3}/chats/${CHAT_ID}/messages/?limit=1` });
    expect(body).toMatchObject({ messages: [{ id: simulator.ownMessageId, type: 'deleted', content: {} }] });
  });

  test('is refused after the hour', async () => {
    const simulator = await simulatorWithChat();
    simulator.time.now += 3_600_000;
    expect((await simulator.call(deletion(simulator.ownMessageId))).status).toBe(400);
  });

  test("of a buyer's message is refused", async () => {
    const simulator = await simulatorWithChat();
    const { messageId } = await simulator.control.buyerWrites({ chatId: CHAT_ID, text: 'x' });
    expect((await simulator.call(deletion(messageId))).status).toBe(403);
  });
});
