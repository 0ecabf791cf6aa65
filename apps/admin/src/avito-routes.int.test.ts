import { describe, expect, test } from 'vitest';
import { setUp, TOKEN } from './testing/fixture.ts';

const PATH = '/api/v1/avito/webhook';
const ours = `https://shop.example/api/v1/webhooks/avito/messages/${TOKEN}`;
const foreign = 'https://crm.example/hook';

async function setUpWebhook() {
  const fixture = await setUp();
  const { call } = fixture;
  return {
    ...fixture,
    register: (body: unknown) => call(`${PATH}/register`, { method: 'POST', body }),
    unregister: (body?: unknown) => call(`${PATH}/unregister`, { method: 'DELETE', body }),
    status: () => call(`${PATH}/status`),
  };
}

describe('registering', () => {
  test('puts the token on the address, once', async () => {
    const { register, avito } = await setUpWebhook();
    const given = { webhook_url: ours.replace(`/${TOKEN}`, '') };
    expect(await register(given)).toMatchObject({ body: { status: 'registered', webhook_url: ours } });
    expect(avito.subscriptions()).toEqual([ours]);
    expect(await register({ webhook_url: ours })).toMatchObject({ body: { status: 'renewed' } });
  });

  test('does not take another system’s place unless told to', async () => {
    const { register, avito } = await setUpWebhook();
    avito.subscribe(foreign);
    expect(await register({ webhook_url: ours })).toMatchObject({
      status: 409,
      body: {
        error: { code: 'webhook.foreign-subscription', message: expect.stringContaining(foreign) },
      },
    });
    expect(avito.subscriptions()).toEqual([foreign]);
    expect(await register({ webhook_url: ours, replace: true })).toMatchObject({
      body: { removed: [foreign] },
    });
    expect(avito.subscriptions()).toEqual([ours]);
  });

  test('leaves the other system alone when Avito refuses our address', async () => {
    const { register, avito } = await setUpWebhook();
    avito.subscribe(foreign);
    avito.answerWith(({ path }) => (path === '/messenger/v3/webhook' ? { status: 400 } : undefined));
    expect(await register({ webhook_url: ours, replace: true })).toMatchObject({
      status: 400,
      body: { error: { code: 'avito.bad-request' } },
    });
    expect(avito.subscriptions()).toEqual([foreign]);
  });

  test.each(['ftp://shop.example', 'shop.example', 'https://user:password@shop.example', 5, undefined])(
    'refuses %s as an address',
    async (webhookUrl) => {
      const { register, avito } = await setUpWebhook();
      expect(await register({ webhook_url: webhookUrl })).toMatchObject({
        status: 400,
        body: { error: { code: 'request.invalid', message: expect.stringContaining('webhook_url') } },
      });
      expect(avito.calls).toEqual([]);
    },
  );
});

describe('the status', () => {
  test('tells ours from foreign', async () => {
    const { status, avito } = await setUpWebhook();
    avito.subscribe(foreign);
    expect(await status()).toMatchObject({
      body: { subscribed: false, subscriptions: [{ url: foreign, owner: 'foreign' }] },
    });
    avito.subscribe(ours);
    expect(await status()).toMatchObject({ body: { subscribed: true, avito: { status: 'ok' } } });
  });

  test('says so when Avito does not know our keys', async () => {
    const { status, avito } = await setUpWebhook();
    avito.answerWith(({ path }) => (path === '/token' ? { status: 401 } : undefined));
    expect(await status()).toMatchObject({
      status: 200,
      body: { subscribed: null, avito: { status: 'error', code: 'avito.bad-credentials' } },
    });
  });

  test('knows when the last message came', async () => {
    const { status, repositories, accountId } = await setUpWebhook();
    expect((await status()).body['last_event_received_at']).toBeNull();
    await repositories.events.keepUnrecognized({
      eventKey: `k-${accountId}`,
      accountId,
      reason: 'odd',
      body: {},
    });
    expect((await status()).body['last_event_received_at']).toEqual(expect.any(String));
  });
});

describe('unregistering', () => {
  test('without an address removes ours and leaves the others', async () => {
    const { unregister, avito } = await setUpWebhook();
    avito.subscribe(foreign, ours);
    expect(await unregister()).toMatchObject({ body: { status: 'unregistered', removed: [ours] } });
    expect(avito.subscriptions()).toEqual([foreign]);
  });

  test('with nothing there is an answer, not an error', async () => {
    const { unregister } = await setUpWebhook();
    expect(await unregister()).toMatchObject({
      status: 200,
      body: { status: 'nothing-to-remove', removed: [] },
    });
    expect(await unregister({ webhook_url: foreign })).toMatchObject({
      body: { status: 'nothing-to-remove' },
    });
  });

  test('of an address as it was registered finds it with its token', async () => {
    const { unregister, avito } = await setUpWebhook();
    avito.subscribe(ours);
    expect(await unregister({ webhook_url: ours.replace(`/${TOKEN}`, '') })).toMatchObject({
      body: { removed: [ours] },
    });
  });

  test('asks which one when several are foreign', async () => {
    const { unregister, avito } = await setUpWebhook();
    avito.subscribe(foreign, `${foreign}/2`);
    expect(await unregister()).toMatchObject({ status: 409 });
    expect(avito.subscriptions()).toHaveLength(2);
  });
});

describe('a message by hand', () => {
  const send = '/api/v1/avito/chats/u2i-1~a/messages';

  test('is sent once', async () => {
    const { call, avito } = await setUp();
    expect(await call(send, { method: 'POST', body: { text: 'Да' } })).toMatchObject({
      status: 200,
      body: { status: 'sent', message_id: 'sent-1' },
    });
    expect(avito.sent).toEqual(['{"type":"text","message":{"text":"Да"}}']);
  });

  test.each([
    ['not paid for', { status: 402 }, 402, 'avito.payment-required'],
    ['for a chat that is gone', { status: 404 }, 404, 'avito.not-found'],
    ['one too many', { status: 429, headers: { 'retry-after': '7' } }, 503, 'avito.rate-limited'],
    ['lost in Avito’s trouble', { status: 500 }, 502, 'message.outcome-unknown'],
    ['cut off', 'hang-up' as const, 502, 'message.outcome-unknown'],
  ])('that is %s is answered so', async (_what, answer, status, code) => {
    const { call, avito } = await setUp();
    avito.answerWith(({ path }) => (path.endsWith('/messages') ? answer : undefined));
    const given = await call(send, { method: 'POST', body: { text: 'Да' } });
    expect(given).toMatchObject({ status, body: { error: { code } } });
    expect(given.headers.get('retry-after')).toBe(code === 'avito.rate-limited' ? '7' : null);
  });

  test.each(['', '   ', 'я'.repeat(1_001)])('of a bad length is not sent', async (text) => {
    const { call, avito } = await setUp();
    expect(await call(send, { method: 'POST', body: { text } })).toMatchObject({ status: 400 });
    expect(avito.calls).toEqual([]);
  });
});
