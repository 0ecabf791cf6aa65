import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { FaultInput } from './faults.ts';
import { nextEntry, runSimulator, runWebhook, WEBHOOK_SECRET } from './testing/running-simulator.ts';
import type { SwitchesChange } from './switches.ts';

async function subscribed({
  switches = {},
  answer,
}: { switches?: SwitchesChange; answer?: Parameters<typeof runWebhook>[0] } = {}) {
  const webhook = await runWebhook(answer);
  const simulator = await runSimulator({ switches });
  await simulator.call({ method: 'POST', path: '/messenger/v3/webhook', body: { url: webhook.url } });
  return { simulator, webhook };
}

const SEND = { type: 'text', message: { text: 'Да, есть' } };
const sendPath = (chatId: string) => `/messenger/v1/accounts/401122334/chats/${chatId}/messages`;

describe('an event', () => {
  test('comes as signed bytes to the address exactly as it was registered', async () => {
    const { simulator, webhook } = await subscribed();
    const { deliveries, eventId } = await simulator.control.buyerWrites({
      text: 'Привет',
      awaitDelivery: true,
    });
    const [event] = webhook.events;
    expect(event?.path).toBe('/hook?token=s~1');
    expect(event?.headers).toMatchObject({
      'content-type': 'application/json',
      'x-avito-messenger-signature': createHmac('sha256', WEBHOOK_SECRET)
        .update(event?.body ?? '')
        .digest('hex'),
    });
    expect(deliveries).toMatchObject([
      {
        kind: 'buyer',
        eventId,
        url: webhook.url,
        attempt: 1,
        status: 200,
        responseBody: '{"status":"accepted"}',
      },
    ]);
  });

  test.each([
    ['image', { image: { sizes: expect.any(Object) } }],
    ['voice', { voice: { voice_id: expect.any(String) } }],
    ['file', {}],
  ] as const)('of type %s carries its content', async (type, content) => {
    const { simulator, webhook } = await subscribed();
    await simulator.control.buyerWrites({ type, awaitDelivery: true });
    const event = JSON.parse(String(webhook.events[0]?.body)) as { payload: { value: object } };
    expect(event.payload.value).toMatchObject({ type, content });
  });

  test('of a system message has author 0 and a flow id, and is no buyer message', async () => {
    const { simulator, webhook } = await subscribed();
    await simulator.control.systemWrites({ text: 'Отвечаем с 9 до 20' });
    expect(JSON.parse(String(webhook.events[0]?.body))).toMatchObject({
      payload: { value: { author_id: 0, type: 'system', content: { flow_id: 'flower_161071' } } },
    });
    expect(simulator.ledger.summary().buyerMessages).toBe(0);
  });

  test('without a subscription goes nowhere, but stands in the history', async () => {
    const simulator = await runSimulator();
    const { deliveries, chatId } = await simulator.control.buyerWrites({ text: 'x', awaitDelivery: true });
    expect(deliveries).toEqual([]);
    expect(simulator.control.chat(chatId).messages).toHaveLength(1);
  });

  test.each([
    ['off', undefined],
    ['wrong', expect.stringMatching(/^[0-9a-f]{64}$/)],
  ] as const)('with the signature %s', async (signature, header) => {
    const { simulator, webhook } = await subscribed({ switches: { signature } });
    await simulator.control.buyerWrites({ text: 'x', awaitDelivery: true });
    const [event] = webhook.events;
    const received = event?.headers['x-avito-messenger-signature'];
    expect(received).toEqual(header);
    expect(received).not.toBe(
      createHmac('sha256', WEBHOOK_SECRET)
        .update(event?.body ?? '')
        .digest('hex'),
    );
  });
});

describe('delivery', () => {
  test('gives up on a webhook that is slower than the limit', async () => {
    const { simulator } = await subscribed({
      switches: { deliveryTimeoutMs: 50 },
      answer: { answer: () => 'hang' },
    });
    const { deliveries } = await simulator.control.buyerWrites({ text: 'x', awaitDelivery: true });
    expect(deliveries).toMatchObject([{ outcome: 'timeout' }]);
    expect(deliveries?.[0]).not.toHaveProperty('status');
  });

  test('tries once by default, and as often as the switch says until the answer is 200', async () => {
    const answer = { answer: (_event: unknown, count: number) => (count < 3 ? 503 : 200) };
    const once = await subscribed({ answer });
    await once.simulator.control.buyerWrites({ text: 'x', awaitDelivery: true });
    expect(once.webhook.events).toHaveLength(1);

    const often = await subscribed({ answer, switches: { deliveryAttempts: 5, deliveryRetryDelayMs: 1 } });
    const { deliveries } = await often.simulator.control.buyerWrites({ text: 'x', awaitDelivery: true });
    expect(deliveries?.map(({ attempt, status }) => [attempt, status])).toEqual([
      [1, 503],
      [2, 503],
      [3, 200],
    ]);
  });

  test('can lose and double events', async () => {
    const { simulator, webhook } = await subscribed({ switches: { deliveryDuplicateProbability: 1 } });
    await simulator.control.buyerWrites({ text: 'x', awaitDelivery: true });
    expect(webhook.events.map((event) => String(event.body))).toEqual(
      Array(2).fill(String(webhook.events[0]?.body)),
    );
    simulator.control.changeSwitches({ deliveryLossProbability: 1 });
    const { deliveries } = await simulator.control.buyerWrites({ text: 'y', awaitDelivery: true });
    expect(deliveries?.map(({ outcome }) => outcome)).toEqual(['lost', 'lost']);
    expect(webhook.events).toHaveLength(2);
  });

  test('repeats an event with the same bytes on demand', async () => {
    const { simulator, webhook } = await subscribed();
    const { messageId } = await simulator.control.buyerWrites({ text: 'x', awaitDelivery: true });
    await simulator.control.redeliver({ messageId, times: 2 });
    expect(new Set(webhook.events.map((event) => String(event.body))).size).toBe(1);
    expect(webhook.events).toHaveLength(3);
  });

  test('sends any bytes, unsigned and form-encoded: the probe of the documentation', async () => {
    const { simulator, webhook } = await subscribed();
    await simulator.control.deliverRaw({
      body: '{}',
      signature: 'none',
      contentType: 'application/x-www-form-urlencoded',
    });
    await simulator.control.deliverRaw({ json: { a: 1 }, signature: 'not-hex' });
    expect(
      webhook.events.map(({ body, headers }) => [String(body), headers['x-avito-messenger-signature']]),
    ).toEqual([
      ['{}', undefined],
      ['{"a":1}', 'not-hex'],
    ]);
    expect(webhook.events[0]?.headers['content-type']).toBe('application/x-www-form-urlencoded');
  });

  test('to a closed port is recorded with the code of the error', async () => {
    const simulator = await runSimulator();
    await simulator.call({
      method: 'POST',
      path: '/messenger/v3/webhook',
      body: { url: 'http://127.0.0.1:1/hook' },
    });
    const { deliveries } = await simulator.control.buyerWrites({ text: 'x', awaitDelivery: true });
    expect(deliveries).toMatchObject([{ outcome: 'failed', error: expect.any(String) }]);
  });
});

describe('the echo of an own message', () => {
  const isEcho = (entry: { kind: string; record: object }) =>
    entry.kind === 'delivery' && 'kind' in entry.record && entry.record.kind === 'echo';

  test('comes after the answer by default, with our account as its author', async () => {
    const { simulator, webhook } = await subscribed();
    const { chatId } = await simulator.control.buyerWrites({ text: 'x', awaitDelivery: true });
    const echo = nextEntry(simulator, isEcho);
    const { body } = await simulator.call({ method: 'POST', path: sendPath(chatId), body: SEND });
    await echo;
    expect(JSON.parse(String(webhook.events[1]?.body))).toMatchObject({
      payload: { value: { id: (body as { id: string }).id, author_id: 401_122_334, chat_id: chatId } },
    });
  });

  test('has arrived before the answer when the switch says so', async () => {
    const { simulator, webhook } = await subscribed({ switches: { echo: 'before' } });
    const { chatId } = await simulator.control.buyerWrites({ text: 'x', awaitDelivery: true });
    await simulator.call({ method: 'POST', path: sendPath(chatId), body: SEND });
    expect(webhook.events).toHaveLength(2);
  });

  test('comes for what the operator writes too', async () => {
    const { simulator, webhook } = await subscribed();
    const { chatId } = await simulator.control.buyerWrites({ text: 'x', awaitDelivery: true });
    const echo = nextEntry(simulator, isEcho);
    simulator.control.operatorWrites({ chatId, text: 'Это Ольга, отвечу сама' });
    await echo;
    expect(String(webhook.events[1]?.body)).toContain('"author_id":401122334');
    expect(simulator.ledger.buyerMessages()).toMatchObject([{ state: 'operator' }]);
  });
});

describe('faults', () => {
  async function chatWithFault(effect: FaultInput['effect']) {
    const { simulator } = await subscribed();
    const { chatId } = await simulator.control.buyerWrites({ text: 'x', awaitDelivery: true });
    simulator.control.addFault(simulatorFault(effect));
    return {
      simulator,
      chatId,
      send: () => simulator.call({ method: 'POST', path: sendPath(chatId), body: SEND }),
    };
  }
  const simulatorFault = (effect: FaultInput['effect']): FaultInput => ({
    endpoint: 'send-text',
    times: 1,
    effect,
  });

  test.each([402, 403, 404, 429, 500, 503])(
    'status %i in the error shape of the API, nothing stored',
    async (status) => {
      const { simulator, send } = await chatWithFault({ kind: 'status', status });
      expect(await send()).toMatchObject({ status, body: { error: { code: status } } });
      expect(simulator.ledger.sends()).toEqual([]);
      expect(await send()).toMatchObject({ status: 200 });
    },
  );

  test('a status after the message was stored: the message and its event are there', async () => {
    const { simulator, send } = await chatWithFault({ kind: 'status', status: 500, when: 'after' });
    const echo = nextEntry(simulator, ({ kind, record }) => kind === 'delivery' && record.kind === 'echo');
    expect(await send()).toMatchObject({ status: 500, body: { error: { code: 500 } } });
    expect(simulator.ledger.sends()).toHaveLength(1);
    expect((await echo).record).toMatchObject({ status: 200 });
  });

  test('429 with Retry-After and a body of its own', async () => {
    const { send } = await chatWithFault({
      kind: 'status',
      status: 429,
      retryAfterSeconds: 7,
      headers: { 'x-ratelimit-remaining': '0' },
      body: 'slow down',
    });
    const response = await send();
    expect(response).toMatchObject({ status: 429, body: 'slow down' });
    expect(response.headers.get('retry-after')).toBe('7');
    expect(response.headers.get('x-ratelimit-remaining')).toBe('0');
  });

  test('slow after storing: the message and its echo exist although the client gave up', async () => {
    const { simulator, chatId } = await chatWithFault({ kind: 'slow', delayMs: 60_000 });
    const token = await simulator.token();
    const stored = nextEntry(
      simulator,
      ({ kind, record }) => kind === 'delivery' && 'kind' in record && record.kind === 'echo',
    );
    const abort = new AbortController();
    const sending = fetch(simulator.url + sendPath(chatId), {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(SEND),
      signal: abort.signal,
    });
    await stored;
    abort.abort();
    await expect(sending).rejects.toThrow();
    expect(simulator.ledger.sends()).toMatchObject([{ text: 'Да, есть' }]);
  });

  test.each([
    ['before', 0],
    ['after', 1],
  ] as const)('a connection reset %s the message was stored leaves %i', async (when, sends) => {
    const { simulator, send } = await chatWithFault({ kind: 'reset', when });
    await expect(send()).rejects.toThrow();
    expect(simulator.ledger.sends()).toHaveLength(sends);
  });
});
