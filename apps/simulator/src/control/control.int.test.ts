import { describe, expect, test } from 'vitest';
import { runSimulator, runWebhook } from '../testing/running-simulator.ts';

const post = (path: string, body?: unknown) => ({
  method: 'POST',
  path: `/_control${path}`,
  token: null,
  body,
});

describe('the control API', () => {
  test('plays a buyer, hears the answer and counts it', async () => {
    const simulator = await runSimulator();
    const { status, body } = await simulator.call(
      post('/messages', { buyerName: 'Иван', text: 'Торг есть?' }),
    );
    expect(status).toBe(201);
    const { chatId } = body as { chatId: string };
    expect(chatId).toMatch(/^u2i-/);
    await simulator.call({
      method: 'POST',
      path: `/messenger/v1/accounts/401122334/chats/${chatId}/messages`,
      body: { type: 'text', message: { text: 'Да' } },
    });
    expect(await simulator.call(post('/wait', { timeoutMs: 5_000, settleMs: 5 }))).toMatchObject({
      body: { allAnswered: true, summary: { answers: { once: 1, twice: 0, unanswered: 0 } } },
    });
    const ledger = await simulator.call({ path: `/_control/ledger?chatId=${chatId}`, token: null });
    expect(ledger.body).toMatchObject({
      buyerMessages: [{ text: 'Торг есть?', state: 'once', latencyMs: expect.any(Number) }],
      sends: [{ chatId, text: 'Да', by: 'api' }],
    });
  });

  test('waiting ends without an answer when its time is over', async () => {
    const simulator = await runSimulator();
    await simulator.control.buyerWrites({ text: 'x' });
    expect(await simulator.control.waitUntilAnswered({ timeoutMs: 20 })).toBe(false);
  });

  test('a burst is several messages of one chat, times the buyers', async () => {
    const simulator = await runSimulator();
    const { body } = await simulator.call(post('/bursts', { texts: ['Привет', 'Есть', 'Торг?'], buyers: 2 }));
    const chats = (body as { chatId: string }[]).map((written) => written.chatId);
    expect(chats).toHaveLength(6);
    expect(new Set(chats).size).toBe(2);
    const [chatId = ''] = chats;
    expect(simulator.control.chat(chatId).messages.map((message) => message.content['text'])).toEqual([
      'Привет',
      'Есть',
      'Торг?',
    ]);
  });

  test('the same buyer on the same listing comes back to his chat', async () => {
    const simulator = await runSimulator();
    const write = (itemId: number) => simulator.control.buyerWrites({ buyerId: 7, itemId, text: 'x' });
    const first = await write(7_632_548_911);
    expect((await write(7_632_548_911)).chatId).toBe(first.chatId);
    expect((await write(7_632_548_912)).chatId).not.toBe(first.chatId);
  });

  test('adds accounts and listings; each account sees its own chats only', async () => {
    const simulator = await runSimulator();
    await simulator.call(
      post('/accounts', { id: 77, clientId: 'second', clientSecret: 'key', listings: [] }),
    );
    const listing = await simulator.call(
      post('/listings', { accountId: 77, title: 'Диван', priceString: '1 300 000 ₽' }),
    );
    expect(listing).toMatchObject({ status: 201, body: { priceString: '1\u00a0300\u00a0000 ₽' } });
    const { chatId } = await simulator.control.buyerWrites({ accountId: 77, text: 'x' });
    expect(await simulator.call({ path: '/messenger/v2/accounts/401122334/chats' })).toMatchObject({
      body: { chats: [] },
    });
    const foreign = await simulator.call({ path: `/messenger/v2/accounts/401122334/chats/${chatId}` });
    expect(foreign.status).toBe(404);
  });

  test('switches and faults are set, listed and taken back', async () => {
    const simulator = await runSimulator();
    const effect = { kind: 'status', status: 500 };
    await simulator.call(post('/faults', { id: 'down', endpoint: '*', effect }));
    expect((await simulator.call({ path: '/core/v1/accounts/self', token: 'x' })).status).toBe(500);
    await simulator.call({ method: 'DELETE', path: '/_control/faults/down', token: null });
    const switches = { method: 'PATCH', path: '/_control/switches', token: null, body: { echo: 'off' } };
    expect(await simulator.call(switches)).toMatchObject({ body: { echo: 'off', signature: 'on' } });
    await simulator.call(post('/reset'));
    expect(simulator.control.switches().echo).toBe('after');
    expect(simulator.control.faults()).toEqual([]);
  });

  test.each([
    ['an unknown field', post('/messages', { txt: 'x' }), 400, 'simulator.bad-request'],
    ['an unknown listing', post('/messages', { itemId: 1, text: 'x' }), 404, 'simulator.not-found'],
    ['an unknown event', post('/redeliveries', { eventId: 'none' }), 404, 'simulator.not-found'],
    [
      'an impossible switch',
      { ...post('/switches', { echo: 'loud' }), method: 'PATCH' },
      400,
      'simulator.bad-request',
    ],
    [
      'an unknown chat',
      post('/operator-messages', { chatId: 'u2i-x', text: 'y' }),
      404,
      'simulator.not-found',
    ],
    ['an unknown route', post('/nothing'), 404, 'http.not-found'],
    ['no JSON', { ...post('/messages'), rawBody: '{' }, 400, 'http.not-json'],
  ])('%s is refused with a clear code', async (_name, call, status, code) => {
    const simulator = await runSimulator();
    expect(await simulator.call(call)).toMatchObject({ status, body: { error: { code } } });
  });
});

test('the ledger keeps every request with its full path', async () => {
  const simulator = await runSimulator();
  await simulator.call({ path: '/v1/models', token: 'x' });
  await simulator.call({ path: '/core/v1/accounts/self', token: 'x' });
  expect(simulator.ledger.requests()).toMatchObject([
    { endpoint: 'models', method: 'GET', path: '/v1/models', status: 200 },
    { endpoint: 'self', path: '/core/v1/accounts/self', status: 401 },
  ]);
});

test('the event stream tells of messages, deliveries and sends as they happen, and ends with the simulator', async () => {
  const webhook = await runWebhook();
  const simulator = await runSimulator();
  await simulator.call({ method: 'POST', path: '/messenger/v3/webhook', body: { url: webhook.url } });
  const response = await fetch(`${simulator.url}/_control/events`);
  expect(response.headers.get('content-type')).toContain('text/event-stream');
  const { chatId } = await simulator.control.buyerWrites({ text: 'Торг есть?', awaitDelivery: true });
  simulator.control.changeSwitches({ echo: 'off' });
  await simulator.call({
    method: 'POST',
    path: `/messenger/v1/accounts/401122334/chats/${chatId}/messages`,
    body: { type: 'text', message: { text: 'Да' } },
  });
  await simulator.close();
  const stream = await response.text();
  expect([...stream.matchAll(/^event: (.+)$/gm)].map((match) => match[1])).toEqual([
    'buyer-message',
    'delivery',
    'send',
  ]);
  expect(stream).toContain('"text":"Торг есть?"');
});
