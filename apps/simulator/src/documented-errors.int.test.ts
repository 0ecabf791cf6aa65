import { describe, expect, test } from 'vitest';
import { ACCOUNT_ID, type Call, runSimulator } from './testing/running-simulator.ts';

const CHAT_ID = 'u2i-Qm4TzXk0aV~7wYb3NdKsLg';
const ITEM_ID = 7_632_548_911;

/** The shape of the messenger, or that of the items API. */
const shapes = {
  messenger: (status: number) => ({
    error: expect.objectContaining({ code: status, message: expect.any(String) }) as unknown,
  }),
  items: (status: number) => ({ code: String(status), message: expect.any(String) as unknown }),
};

type Place = { account?: number; chat?: string };
type Operation = {
  name: string;
  call: (place: Required<Place>) => Call;
  scope: string;
  shape: keyof typeof shapes;
  /** What its path names, and so may name wrongly. */
  names: readonly (keyof Place)[];
};

const V = (version: number, account: number) => `/messenger/v${version}/accounts/${account}`;
const post = (path: string, body?: unknown): Call => ({ method: 'POST', path, body });
const text = { type: 'text', message: { text: 'Да' } };
const buyer = { users: [{ user_id: 287_654_321, context: { item_id: ITEM_ID, reason_id: 1 } }] };
const hook = { url: 'https://shop.example/hook' };

const R = 'messenger:read';
const W = 'messenger:write';
const inChat = { shape: 'messenger', names: ['account', 'chat'] } as const;
const ofAccount = { shape: 'messenger', names: ['account'] } as const;
const ofToken = { shape: 'messenger', names: [] } as const;

/** The 13 operations of the messenger, the account, and the two of the items API, as they are documented. */
const operations: Operation[] = [
  {
    name: 'send text',
    call: ({ account, chat }) => post(`${V(1, account)}/chats/${chat}/messages`, text),
    scope: W,
    ...inChat,
  },
  {
    name: 'send image',
    call: ({ account, chat }) => post(`${V(1, account)}/chats/${chat}/messages/image`, { image_id: '1' }),
    scope: W,
    ...inChat,
  },
  {
    name: 'delete message',
    call: ({ account, chat }) => post(`${V(1, account)}/chats/${chat}/messages/m1`),
    scope: W,
    ...inChat,
  },
  {
    name: 'mark read',
    call: ({ account, chat }) => post(`${V(1, account)}/chats/${chat}/read`),
    scope: R,
    ...inChat,
  },
  {
    name: 'voice files',
    call: ({ account }) => ({ path: `${V(1, account)}/getVoiceFiles?voice_ids=v` }),
    scope: R,
    ...ofAccount,
  },
  {
    name: 'upload image',
    call: ({ account }) => post(`${V(1, account)}/uploadImages`),
    scope: W,
    ...ofAccount,
  },
  { name: 'subscriptions', call: () => post('/messenger/v1/subscriptions'), scope: R, ...ofToken },
  {
    name: 'unsubscribe',
    call: () => post('/messenger/v1/webhook/unsubscribe', hook),
    scope: R,
    ...ofToken,
  },
  {
    name: 'blacklist',
    call: ({ account }) => post(`${V(2, account)}/blacklist`, buyer),
    scope: W,
    ...ofAccount,
  },
  { name: 'chats', call: ({ account }) => ({ path: `${V(2, account)}/chats` }), scope: R, ...ofAccount },
  {
    name: 'one chat',
    call: ({ account, chat }) => ({ path: `${V(2, account)}/chats/${chat}` }),
    scope: R,
    ...inChat,
  },
  {
    name: 'messages',
    call: ({ account, chat }) => ({ path: `${V(3, account)}/chats/${chat}/messages/` }),
    scope: R,
    ...inChat,
  },
  { name: 'register', call: () => post('/messenger/v3/webhook', hook), scope: R, ...ofToken },
  { name: 'own account', call: () => ({ path: '/core/v1/accounts/self' }), scope: 'user:read', ...ofToken },
  {
    name: 'items',
    call: () => ({ path: '/core/v1/items' }),
    scope: 'items:info',
    shape: 'items',
    names: [],
  },
  {
    name: 'item info',
    call: ({ account }) => ({ path: `/core/v1/accounts/${account}/items/${ITEM_ID}/` }),
    scope: 'items:info',
    shape: 'items',
    names: ['account'],
  },
];

const here = { account: ACCOUNT_ID, chat: CHAT_ID };

async function simulatorWithChat() {
  const simulator = await runSimulator();
  await simulator.control.buyerWrites({ chatId: CHAT_ID, text: 'Торг есть?' });
  /** A token of a consent to these scopes alone. */
  const tokenOf = async (scopes: string[]) => {
    const { code } = simulator.control.authorize({ scopes });
    const response = await fetch(`${simulator.url}/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        client_id: 'simulator-client',
        client_secret: 'simulator-secret',
        code,
      }),
    });
    const { access_token: token } = (await response.json()) as { access_token: string };
    return token;
  };
  return { ...simulator, tokenOf };
}

test('every operation of the documentation is in the table', () => {
  expect(operations.map(({ name }) => name)).toHaveLength(13 + 3);
});

const expectErrorOf =
  (shape: keyof typeof shapes) => (answer: { status: number; body: unknown }, status: number) => {
    expect(answer.status).toBe(status);
    expect(answer.body).toEqual(shapes[shape](status));
  };

const naming = (part: keyof Place) => operations.filter(({ names }) => names.includes(part));

test.each(naming('account'))('$name of another account is 403', async ({ call, shape }) => {
  const simulator = await simulatorWithChat();
  expectErrorOf(shape)(await simulator.call(call({ ...here, account: 7 })), 403);
});

test.each(naming('chat'))('$name of an unknown chat is 404', async ({ call, shape }) => {
  const simulator = await simulatorWithChat();
  expectErrorOf(shape)(await simulator.call(call({ ...here, chat: 'u2i-none' })), 404);
});

describe.each(operations)('$name', ({ call, scope, shape }) => {
  const expectError = expectErrorOf(shape);

  test('without a token, or with an invented one, is 401', async () => {
    const simulator = await simulatorWithChat();
    expectError(await simulator.call({ ...call(here), token: null }), 401);
    expectError(await simulator.call({ ...call(here), token: 'invented' }), 401);
  });

  test('with an expired token is 403', async () => {
    const simulator = await simulatorWithChat();
    const token = await simulator.token();
    simulator.control.expireTokens();
    expect(await simulator.call({ ...call(here), token })).toMatchObject({
      status: 403,
      body: { error: { code: 403, message: 'access token expired' } },
    });
  });

  test('with a token that lacks its scope is 403, and is not with one that has it', async () => {
    const simulator = await simulatorWithChat();
    const others = [R, W, 'user:read', 'items:info'].filter((other) => other !== scope);
    expectError(await simulator.call({ ...call(here), token: await simulator.tokenOf(others) }), 403);
    const granted = await simulator.call({ ...call(here), token: await simulator.tokenOf([scope]) });
    expect([401, 403]).not.toContain(granted.status);
    simulator.control.changeSwitches({ scopes: 'ignored' });
    const ignored = await simulator.call({ ...call(here), token: await simulator.tokenOf([]) });
    expect([401, 403]).not.toContain(ignored.status);
  });

  test('by another method is 404 "route not found"', async () => {
    const simulator = await simulatorWithChat();
    const answer = await simulator.call({ ...call(here), method: 'PATCH', body: undefined });
    expect(answer).toMatchObject({ status: 404, body: { error: { message: 'route not found' } } });
  });

  test.each([402, 403, 429, 500, 503])('may be struck by a %i', async (status) => {
    const simulator = await simulatorWithChat();
    simulator.control.addFault({ endpoint: '*', effect: { kind: 'status', status } });
    expectError(await simulator.call({ ...call(here), token: 'any' }), status);
  });

  test('may be answered by a page that is no JSON', async () => {
    const simulator = await simulatorWithChat();
    const { method = 'GET', path } = call(here);
    simulator.control.addFault({ endpoint: '*', effect: { kind: 'text' } });
    const response = await fetch(`${simulator.url}${path}`, { method });
    expect([response.status, response.headers.get('content-type'), await response.text()]).toEqual([
      502,
      expect.stringMatching(/^text\/html/),
      expect.stringMatching(/^<html>/),
    ]);
  });
});

test('a success that is no JSON may come after the message was stored', async () => {
  const simulator = await simulatorWithChat();
  const effect = { kind: 'text', status: 200, text: 'OK', contentType: 'text/plain', when: 'after' } as const;
  const token = await simulator.token();
  simulator.control.addFault({ endpoint: 'send-text', effect });
  const response = await fetch(`${simulator.url}${V(1, ACCOUNT_ID)}/chats/${CHAT_ID}/messages`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(text),
  });
  expect([response.status, await response.text()]).toEqual([200, 'OK']);
  expect(simulator.ledger.sends()).toHaveLength(1);
});

describe.each([
  ['items', '/core/v1/items', 25, 'itemsListPerMinute'],
  ['item info', `/core/v1/accounts/${ACCOUNT_ID}/items/${ITEM_ID}/`, 500, 'itemInfoPerMinute'],
] as const)('the limit of %s', (_name, path, documented, name) => {
  const headersOf = (headers: Headers) => [
    headers.get('x-ratelimit-limit'),
    headers.get('x-ratelimit-remaining'),
  ];

  test('is the documented one, told with every answer', async () => {
    const { call } = await runSimulator();
    expect(headersOf((await call({ path })).headers)).toEqual([String(documented), String(documented - 1)]);
  });

  test('refuses the call after the last one by 429 with both headers, until a minute is over', async () => {
    const clock = { ms: 1_795_333_261_000, now: () => clock.ms };
    const { call } = await runSimulator({ clock, switches: { [name]: 2 } });
    await call({ path });
    await call({ path });
    const refused = await call({ path });
    expect(refused).toMatchObject({ status: 429, body: shapes.items(429) });
    expect(headersOf(refused.headers)).toEqual(['2', '0']);
    clock.ms += 60_000;
    expect((await call({ path })).status).toBe(200);
  });

  test('may be switched off', async () => {
    const { call } = await runSimulator({ switches: { [name]: 0 } });
    expect(headersOf((await call({ path })).headers)).toEqual([null, null]);
  });
});
