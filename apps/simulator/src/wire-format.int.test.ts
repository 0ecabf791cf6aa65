import { describe, expect, test } from 'vitest';
import { ACCOUNT_ID, type Call, runSimulator } from './testing/running-simulator.ts';

const CHAT_ID = 'u2i-Qm4TzXk0aV~7wYb3NdKsLg';
const V1 = `/messenger/v1/accounts/${ACCOUNT_ID}`;
const V2 = `/messenger/v2/accounts/${ACCOUNT_ID}`;
const V3 = `/messenger/v3/accounts/${ACCOUNT_ID}`;
const HOOK = 'https://shop.example/hook?token=s~1';

async function simulatorWithChat() {
  const simulator = await runSimulator();
  await simulator.control.buyerWrites({ chatId: CHAT_ID, text: 'Торг есть?' });
  return simulator;
}

const text = (value: unknown) => ({ type: 'text', message: { text: value } });
const errorBody = (code: number) => ({
  error: expect.objectContaining({ code, message: expect.any(String) }),
});
const int = expect.any(Number);
const hexId = expect.stringMatching(/^[0-9a-f]{32}$/);
const ok = { ok: true };

const chat = expect.objectContaining({
  id: CHAT_ID,
  created: int,
  updated: int,
  context: {
    type: 'item',
    value: expect.objectContaining({
      id: 7_632_548_911,
      title: expect.any(String),
      price_string: '52\u00a0990 ₽',
      status_id: 10,
      url: expect.stringMatching(/^https:/),
      user_id: ACCOUNT_ID,
      images: { count: 1, main: { '140x105': expect.any(String) } },
      location: expect.objectContaining({ title: 'Москва' }),
    }),
  },
  users: [
    expect.objectContaining({ id: int, name: expect.any(String) }),
    expect.objectContaining({ id: ACCOUNT_ID }),
  ],
  last_message: expect.objectContaining({ id: hexId, author_id: int, direction: 'in', type: 'text' }),
});

type Fact = [name: string, call: Call, status: number, body: unknown];

const operations: Fact[] = [
  [
    'own account',
    { path: '/core/v1/accounts/self' },
    200,
    {
      id: ACCOUNT_ID,
      name: 'ТехноДом',
      email: expect.any(String),
      phone: expect.any(String),
      phones: [expect.any(String)],
      profile_url: expect.any(String),
    },
  ],
  ['chat list', { path: `${V2}/chats` }, 200, { chats: [chat], meta: { has_more: false } }],
  ['one chat', { path: `${V2}/chats/${CHAT_ID}` }, 200, chat],
  ['one chat, id percent-encoded', { path: `${V2}/chats/${CHAT_ID.replace('~', '%7E')}` }, 200, chat],
  [
    'message list',
    { path: `${V3}/chats/${CHAT_ID}/messages/` },
    200,
    {
      messages: [
        {
          id: hexId,
          author_id: int,
          created: int,
          direction: 'in',
          type: 'text',
          content: { text: 'Торг есть?' },
          is_read: false,
          read: null,
        },
      ],
      meta: { has_more: false },
    },
  ],
  [
    'send text',
    { method: 'POST', path: `${V1}/chats/${CHAT_ID}/messages`, body: text('Да') },
    200,
    { id: hexId, created: int, direction: 'out', type: 'text', content: { text: 'Да' } },
  ],
  ['mark read', { method: 'POST', path: `${V1}/chats/${CHAT_ID}/read` }, 200, ok],
  ['subscriptions', { method: 'POST', path: '/messenger/v1/subscriptions' }, 200, { subscriptions: [] }],
  [
    'subscriptions with {}',
    { method: 'POST', path: '/messenger/v1/subscriptions', body: {} },
    200,
    { subscriptions: [] },
  ],
  ['register', { method: 'POST', path: '/messenger/v3/webhook', body: { url: HOOK } }, 200, ok],
  [
    'register plain http',
    { method: 'POST', path: '/messenger/v3/webhook', body: { url: 'http://10.0.0.7:3000/h' } },
    200,
    ok,
  ],
  [
    'unsubscribe',
    { method: 'POST', path: '/messenger/v1/webhook/unsubscribe', body: { url: HOOK } },
    200,
    ok,
  ],
];

const queries: Fact[] = [
  ...['0', '101', 'x', '-1', '1.5'].map((limit): Fact => [
    `chat list, limit ${limit}`,
    { path: `${V2}/chats?limit=${limit}` },
    400,
    { error: { code: 400, message: 'Bad Request', fields: { limit: expect.any(String) } } },
  ]),
  ['message list, limit 101', { path: `${V3}/chats/${CHAT_ID}/messages/?limit=101` }, 400, errorBody(400)],
  [
    'message list, offset 1001',
    { path: `${V3}/chats/${CHAT_ID}/messages/?offset=1001` },
    400,
    errorBody(400),
  ],
  [
    'message list, offset 1000',
    { path: `${V3}/chats/${CHAT_ID}/messages/?offset=1000` },
    200,
    { messages: [], meta: { has_more: false } },
  ],
  ['unread only, capitalised', { path: `${V2}/chats?unread_only=True` }, 400, errorBody(400)],
  ['unread only', { path: `${V2}/chats?unread_only=true` }, 200, expect.objectContaining({ chats: [chat] })],
  ['chats of profiles', { path: `${V2}/chats?chat_types=u2u` }, 200, expect.objectContaining({ chats: [] })],
  [
    'types as one value',
    { path: `${V2}/chats?chat_types=u2i,u2u` },
    200,
    expect.objectContaining({ chats: [chat] }),
  ],
  [
    'types as repeated keys',
    { path: `${V2}/chats?chat_types=u2u&chat_types=u2i` },
    200,
    expect.objectContaining({ chats: [chat] }),
  ],
  ['items', { path: `${V2}/chats?item_ids=1,7632548911` }, 200, expect.objectContaining({ chats: [chat] })],
  ['other items', { path: `${V2}/chats?item_ids=1` }, 200, expect.objectContaining({ chats: [] })],
];

const send = (body: unknown, more: Partial<Call> = {}): Call => ({
  method: 'POST',
  path: `${V1}/chats/${CHAT_ID}/messages`,
  body,
  ...more,
});

const refusals: Fact[] = [
  ['no token', { path: '/core/v1/accounts/self', token: null }, 401, errorBody(401)],
  ['an invented token', { path: '/core/v1/accounts/self', token: 'made-up' }, 401, errorBody(401)],
  ['another account', { path: '/messenger/v2/accounts/401122335/chats' }, 403, errorBody(403)],
  [
    'send for another account',
    send(text('x'), { path: `/messenger/v1/accounts/7/chats/${CHAT_ID}/messages` }),
    403,
    errorBody(403),
  ],
  [
    'send to an unknown chat',
    send(text('x'), { path: `${V1}/chats/u2i-none/messages` }),
    404,
    errorBody(404),
  ],
  ['read an unknown chat', { path: `${V2}/chats/u2i-none` }, 404, errorBody(404)],
  ['1001 characters', send(text('я'.repeat(1_001))), 400, errorBody(400)],
  ['an empty text', send(text('')), 400, errorBody(400)],
  ['no type', send({ message: { text: 'x' } }), 400, errorBody(400)],
  ['another type', send({ type: 'image', message: { text: 'x' } }), 400, errorBody(400)],
  ['not JSON', send(undefined, { rawBody: '{"type":' }), 400, errorBody(400)],
  [
    'a form',
    send(undefined, {
      rawBody: 'type=text',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    }),
    400,
    errorBody(400),
  ],
  [
    'a webhook that is no address',
    { method: 'POST', path: '/messenger/v3/webhook', body: { url: 'shop' } },
    400,
    errorBody(400),
  ],
  ['a webhook without url', { method: 'POST', path: '/messenger/v3/webhook', body: {} }, 400, errorBody(400)],
];

const routeNotFound = { error: { code: 404, message: 'route not found' } };
const missingRoutes: Fact[] = [
  ['subscriptions by GET', { path: '/messenger/v1/subscriptions' }, 404, routeNotFound],
  ['delete by DELETE', { method: 'DELETE', path: `${V1}/chats/${CHAT_ID}/messages/1` }, 404, routeNotFound],
  ['v3 chats', { path: '/messenger/v3/chats' }, 404, routeNotFound],
  ['v1 webhooks', { path: '/messenger/v1/webhooks' }, 404, routeNotFound],
  ['message list of v1', { path: `${V1}/chats/${CHAT_ID}/messages` }, 404, routeNotFound],
  ['message list without its slash', { path: `${V3}/chats/${CHAT_ID}/messages` }, 404, routeNotFound],
  ['a token by GET', { path: '/token' }, 404, routeNotFound],
];

describe.each([
  ['operations', operations],
  ['queries', queries],
  ['refusals', refusals],
  ['routes that are not there', missingRoutes],
])('%s', (_group, facts) => {
  test.each(facts)('%s', async (_name, call, status, body) => {
    const simulator = await simulatorWithChat();
    const response = await simulator.call(call);
    expect(response).toMatchObject({ status, body });
    expect(response.body).toEqual(body);
  });
});

describe('the token', () => {
  const form = (fields: Record<string, string>) => ({
    grant_type: 'client_credentials',
    client_id: 'simulator-client',
    client_secret: 'simulator-secret',
    ...fields,
  });

  test.each([
    ['/token', {}, 200, { access_token: expect.any(String), expires_in: 86_400, token_type: 'Bearer' }],
    ['/token/', {}, 200, { access_token: expect.any(String), expires_in: 86_400, token_type: 'Bearer' }],
    ['/token', { client_secret: 'wrong' }, 401, expect.objectContaining({ error: 'invalid_client' })],
    ['/token', { grant_type: 'password' }, 400, expect.objectContaining({ error: 'unsupported_grant_type' })],
  ])('%s with %j → %i', async (path, fields, status, body) => {
    const { url } = await runSimulator();
    const response = await fetch(url + path, { method: 'POST', body: new URLSearchParams(form(fields)) });
    expect(response.status).toBe(status);
    expect(await response.json()).toEqual(body);
  });

  test('a JSON body is not a form', async () => {
    const simulator = await runSimulator();
    const response = await simulator.call({ method: 'POST', path: '/token', token: null, body: form({}) });
    expect(response).toMatchObject({ status: 400, body: { error: 'invalid_request' } });
  });
});

describe('switches of the wire format', () => {
  test.each([
    [{}, 403, { error: { code: 403, message: 'access token expired' } }],
    [{ expiredTokenStatus: 401 }, 401, { error: { code: 401, message: 'access token expired' } }],
    [{ expiredTokenBody: 'gateway' }, 403, { result: { status: false, message: 'access token expired' } }],
  ] as const)('an expired token with %j → %i', async (switches, status, body) => {
    const simulator = await runSimulator({ switches });
    const token = await simulator.token();
    simulator.control.expireTokens();
    expect(await simulator.call({ path: `${V2}/chats`, token })).toMatchObject({ status, body });
  });

  test('the message list may be a bare array', async () => {
    const simulator = await simulatorWithChat();
    simulator.control.changeSwitches({ historyEnvelope: 'array' });
    const { body } = await simulator.call({ path: `${V3}/chats/${CHAT_ID}/messages/` });
    expect(body).toEqual([expect.objectContaining({ content: { text: 'Торг есть?' } })]);
  });

  test.each([
    ['single', [{ url: 'https://b.example/', version: '3' }]],
    [
      'multi',
      [
        { url: HOOK, version: '3' },
        { url: 'https://b.example/', version: '3' },
      ],
    ],
  ] as const)('with %s subscriptions, registering twice leaves these', async (subscriptionMode, left) => {
    const simulator = await runSimulator({ switches: { subscriptionMode } });
    for (const url of [HOOK, 'https://b.example/', 'https://b.example/']) {
      await simulator.call({ method: 'POST', path: '/messenger/v3/webhook', body: { url } });
    }
    const { body } = await simulator.call({ method: 'POST', path: '/messenger/v1/subscriptions' });
    expect(body).toEqual({ subscriptions: left });
  });
});

describe('history', () => {
  test('pages run from the newest message backwards and say whether there is more', async () => {
    const simulator = await runSimulator();
    for (const [index, word] of ['one', 'two', 'three'].entries()) {
      await simulator.control.buyerWrites({ chatId: CHAT_ID, text: word, created: 1_795_333_200 + index });
    }
    const read = async (query: string) => {
      const { body } = await simulator.call({ path: `${V3}/chats/${CHAT_ID}/messages/?${query}` });
      const { messages, meta } = body as { messages: { content: { text: string } }[]; meta: unknown };
      return [messages.map((message) => message.content.text), meta];
    };
    expect(await read('limit=2')).toEqual([['three', 'two'], { has_more: true }]);
    expect(await read('limit=2&offset=2')).toEqual([['one'], { has_more: false }]);
  });

  test('the same text sent twice is two messages', async () => {
    const simulator = await simulatorWithChat();
    const first = await simulator.call(send(text('Да')));
    const second = await simulator.call(send(text('Да')));
    expect((first.body as { id: string }).id).not.toBe((second.body as { id: string }).id);
    expect(simulator.ledger.buyerMessages()).toMatchObject([{ state: 'twice' }]);
  });

  test('reading the list does not mark as read, the read mark does', async () => {
    const simulator = await simulatorWithChat();
    await simulator.call({ path: `${V3}/chats/${CHAT_ID}/messages/` });
    const unread = () => simulator.call({ path: `${V2}/chats?unread_only=true` });
    expect(await unread()).toMatchObject({ body: { chats: [{ id: CHAT_ID }] } });
    await simulator.call({ method: 'POST', path: `${V1}/chats/${CHAT_ID}/read` });
    expect(await unread()).toMatchObject({ body: { chats: [] } });
  });
});
