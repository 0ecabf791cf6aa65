import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { API_KEY } from './testing/admin-server.ts';
import { setUp, TOKEN } from './testing/fixture.ts';

const PATH = '/api/v1/avito/webhook';
const ours = `https://shop.example/api/v1/webhooks/avito/messages/${TOKEN}`;
const foreign = 'https://crm.example/hook';

async function setUpWebhook() {
  const fixture = await setUp();
  const { call } = fixture;
  return {
    ...fixture,
    // Of what is registered here only the probe's own tests can be reached.
    register: (body: Record<string, unknown>) =>
      call(`${PATH}/register`, { method: 'POST', body: { skip_probe: true, ...body } }),
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

  test('asks the address first, and registers none that does not answer', async () => {
    const { register, avito } = await setUpWebhook();
    const refused = await register({ webhook_url: 'http://127.0.0.1:1', skip_probe: false });
    expect(refused).toMatchObject({
      status: 422,
      body: { error: { code: 'webhook.unreachable' } },
    });
    expect(avito.subscriptions()).toEqual([]);
    // The stand-in answers every POST with 200, though not as ingest does.
    expect(await register({ webhook_url: avito.baseUrl, skip_probe: false })).toMatchObject({
      status: 200,
      body: { status: 'registered', warnings: [{ code: 'webhook.other-answer' }] },
    });
  });

  test('is remembered without the token, ends the alerts about the webhook, and is forgotten with it', async () => {
    const { register, unregister, status, repositories, accountId } = await setUpWebhook();
    await repositories.alerts.raise({ accountId, kind: 'webhook-gone', message: 'Вебхука нет.' });
    await register({ webhook_url: ours });
    const { last_registered: registered } = (await status()).body;
    expect(registered).toMatchObject({ webhook_url: ours.replace(`/${TOKEN}`, '') });
    expect(await repositories.alerts.clear({ accountId, kind: 'webhook-gone' })).toBe(false);
    await unregister();
    expect((await status()).body['last_registered']).toBeNull();
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
      body: {
        subscribed: null,
        token: { granted: false, expires_at: null },
        avito: { status: 'error', code: 'avito.bad-credentials' },
        problems: [{ code: 'token-refused', message: expect.stringContaining('client_secret') }],
      },
    });
  });

  test.each([
    [402, 'access-not-paid', 'не оплачен'],
    [403, 'access-denied', 'ключами сотрудника'],
  ])('explains a refusal by %i, and still shows the subscription', async (refusal, code, words) => {
    const { status, avito } = await setUpWebhook();
    avito.subscribe(ours);
    avito.answerWith(({ path }) => (path.includes('/chats') ? { status: refusal } : undefined));
    expect(await status()).toMatchObject({
      status: 200,
      body: {
        subscribed: true,
        avito: { status: 'error', code: expect.stringMatching(/^avito\.(payment-required|access-denied)$/) },
        problems: [{ code, message: expect.stringContaining(words) }],
      },
    });
  });

  test('tells when the token ends, and never the token', async () => {
    const { status } = await setUpWebhook();
    const { body, text } = await status();
    expect(body['token']).toEqual({
      granted: true,
      expires_at: expect.any(String),
      has_refresh_token: false,
    });
    expect(text).not.toContain('"token":"');
  });

  test('notices that another address of ours is registered than the one we registered', async () => {
    const { register, status, avito } = await setUpWebhook();
    await register({ webhook_url: ours });
    avito.subscribe(ours.replace('shop', 'old-shop'));
    expect(await status()).toMatchObject({ body: { problems: [{ code: 'webhook-replaced' }] } });
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

  test.each(['', '   ', 'я'.repeat(10_001)])('of a bad length is not sent', async (text) => {
    const { call, avito } = await setUp();
    expect(await call(send, { method: 'POST', body: { text } })).toMatchObject({ status: 400 });
    expect(avito.calls).toEqual([]);
  });

  test('of more than Avito takes goes in parts, cut between sentences', async () => {
    const { call, avito } = await setUp();
    const sentence = `${'я'.repeat(599)}.`;
    const answer = await call(send, { method: 'POST', body: { text: `${sentence} ${sentence}` } });
    expect(answer).toMatchObject({
      status: 200,
      body: { message_id: 'sent-1', parts: [{ message_id: 'sent-1' }, { message_id: 'sent-2' }] },
    });
    expect(avito.sent.map((body) => JSON.parse(body) as unknown)).toEqual([
      { type: 'text', message: { text: sentence } },
      { type: 'text', message: { text: sentence } },
    ]);
  });

  test.each([
    ['not-sent', { status: 402 }],
    ['unknown', 'hang-up' as const],
  ])('whose second part is %s ends there, and says what came of each part', async (outcome, answer) => {
    const { call, avito } = await setUp();
    avito.answerWith(({ path }) =>
      path.endsWith('/messages') && avito.sent.length === 1 ? answer : undefined,
    );
    const text = 'Предложение. '.repeat(200);
    expect(await call(send, { method: 'POST', body: { text } })).toMatchObject({
      status: 502,
      body: {
        error: {
          code: 'message.partly-sent',
          details: {
            parts: [
              { outcome: 'sent', message_id: 'sent-1' },
              { outcome, error: { code: expect.stringMatching(/^avito\./) } },
              { outcome: 'not-tried' },
            ],
          },
        },
      },
    });
    expect(avito.sent).toHaveLength(1);
  });

  test('is a person’s, so the chat is his at once, and Avito’s event adds nothing', async () => {
    const { call, accountId, repositories } = await setUp();
    await call(send, { method: 'POST', body: { text: 'Отвечу сам' } });
    const key = { accountId, chatId: 'u2i-1~a' };
    expect(await repositories.chats.findChat(key)).toMatchObject({
      mode: 'human',
      modeReason: 'operator-wrote',
    });
    expect(await repositories.chats.listMessages({ ...key, limit: 9 })).toMatchObject([
      { messageId: 'sent-1', authorKind: 'operator', direction: 'out', text: 'Отвечу сам' },
    ]);
    const echo = { ...key, messageId: 'sent-1', text: 'Отвечу сам' };
    expect(await repositories.sends.confirmByEcho(echo)).toBe('operator');
  });
});

describe('an image', () => {
  const path = '/api/v1/avito/chats/u2i-1~a/images';
  const png = Buffer.from('89504e470d0a1a0a0000', 'hex');

  type Body = string | Uint8Array<ArrayBuffer> | FormData;

  async function setUpImages() {
    const fixture = await setUp();
    const upload = async (body: Body, headers: Record<string, string> = {}) => {
      const authorization = `Bearer ${API_KEY}`;
      const response = await fetch(`${fixture.url}${path}`, {
        method: 'POST',
        body,
        headers: { authorization, ...headers },
      });
      return { status: response.status, body: await response.json() };
    };
    return { ...fixture, upload };
  }

  const form = (...files: [field: string, bytes: Buffer][]) => {
    const data = new FormData();
    for (const [field, bytes] of files) data.append(field, new Blob([new Uint8Array(bytes)]), 'photo.png');
    return data;
  };

  test('is uploaded and sent, and the chat is the person’s who sent it', async () => {
    const { upload, avito, repositories, accountId } = await setUpImages();
    expect(await upload(new Uint8Array(png), { 'content-type': 'image/png' })).toMatchObject({
      status: 200,
      body: { status: 'sent', image_id: 'image-1', message_id: 'sent-image' },
    });
    expect(avito.calls.filter((call) => call.startsWith('POST /messenger'))).toEqual([
      `POST /messenger/v1/accounts/${accountId}/uploadImages`,
      `POST /messenger/v1/accounts/${accountId}/chats/u2i-1~a/messages/image`,
    ]);
    expect(await repositories.chats.findChat({ accountId, chatId: 'u2i-1~a' })).toMatchObject({
      mode: 'human',
    });
  });

  test('may come in a form', async () => {
    const { upload } = await setUpImages();
    expect(await upload(form(['file', png]))).toMatchObject({ status: 200 });
  });

  test.each<[string, () => Body, string | undefined, number, string]>([
    ['nothing', () => '', 'image/png', 400, 'upload.invalid'],
    ['JSON', () => '{}', 'application/json', 415, 'http.unsupported-media-type'],
    ['a PDF that says it is an image', () => '%PDF-1.7', 'image/png', 415, 'avito.image-type'],
    ['a form without a file', () => form(), undefined, 400, 'upload.invalid'],
    ['a form of two files', () => form(['a', png], ['b', png]), undefined, 400, 'upload.invalid'],
    ['a form that is none', () => 'x', 'multipart/form-data; boundary=y', 400, 'upload.invalid'],
    [
      'more than 24 MB',
      () => new Uint8Array(Buffer.concat([png, Buffer.alloc(24 * 1_024 * 1_024)])),
      'image/png',
      413,
      'avito.image-too-large',
    ],
    [
      'far more than 24 MB',
      () => new Uint8Array(26 * 1_024 * 1_024),
      'image/png',
      413,
      'http.body-too-large',
    ],
  ])('that is %s is refused before Avito is asked', async (_what, body, type, status, code) => {
    const { upload, avito } = await setUpImages();
    const headers: Record<string, string> = type === undefined ? {} : { 'content-type': type };
    expect(await upload(body(), headers)).toMatchObject({ status, body: { error: { code } } });
    expect(avito.calls).toEqual([]);
  });
});

describe('deleting a message', () => {
  const path = '/api/v1/avito/chats/u2i-1~a/messages/m1';

  test.each([
    [400, 409, 'avito.not-deletable'],
    [404, 404, 'avito.not-found'],
  ])('that Avito refuses by %i is answered by %i %s', async (refusal, status, code) => {
    const { call, avito } = await setUp();
    avito.answerWith(({ method, path: asked }) =>
      method === 'POST' && asked.includes('/messages/m1') ? { status: refusal } : undefined,
    );
    expect(await call(path, { method: 'DELETE' })).toMatchObject({ status, body: { error: { code } } });
  });
});

test('a buyer is blacklisted with Avito’s number of the reason, and for no other reason', async () => {
  const { call, avito } = await setUp();
  const bodies: string[] = [];
  avito.answerWith(({ path, body }) => {
    if (path.endsWith('/blacklist')) bodies.push(body);
    return undefined;
  });
  const blacklist = (body: unknown) => call('/api/v1/avito/blacklist', { method: 'POST', body });
  expect(await blacklist({ buyer_id: 7, reason: 'fraud' })).toMatchObject({ status: 200 });
  expect(JSON.parse(bodies[0] ?? '')).toEqual({ users: [{ user_id: 7, context: { reason_id: 2 } }] });
  expect(await blacklist({ buyer_id: 'Иван', reason: 'rude' })).toMatchObject({
    status: 400,
    body: { error: { message: expect.stringMatching(/buyer_id.*reason.*spam, fraud, abuse, other/) } },
  });
  expect(bodies).toHaveLength(1);
});

test.each([
  'voice-urls',
  'voice-urls?voice_ids=',
  'items?status=sold',
  'items?per_page=100',
  'items?page=0',
  'chats?unread_only=maybe',
])('GET %s is refused before Avito is asked', async (path) => {
  const { call, avito } = await setUp();
  expect(await call(`/api/v1/avito/${path}`)).toMatchObject({
    status: 400,
    body: { error: { code: 'request.invalid' } },
  });
  expect(avito.calls).toEqual([]);
});

describe('the connection', () => {
  const path = '/api/v1/avito/connection';
  const begun = z.object({ state: z.string() });

  test('is not made by a code whose consent was not begun here, nor twice by one that was', async () => {
    const { call, avito } = await setUp({ grant: 'consent' });
    const connect = (body: object) => call(path, { method: 'POST', body });
    expect(await connect({ code: 'a-thiefs' })).toMatchObject({
      status: 400,
      body: { error: { code: 'request.invalid' } },
    });
    const refusal = { status: 400, body: { error: { code: 'avito.unknown-state' } } };
    expect(await connect({ code: 'a-thiefs', state: 'made-up' })).toMatchObject(refusal);
    const { state } = begun.parse((await call(path)).body);
    expect(await connect({ code: 'once', state })).toMatchObject({ status: 200 });
    const asked = avito.calls.length;
    expect(await connect({ code: 'twice', state })).toMatchObject(refusal);
    expect(avito.calls).toHaveLength(asked);
  });

  test('of an account with keys of its own needs nothing', async () => {
    const { call } = await setUp();
    expect(await call(path)).toMatchObject({ body: { grant: 'client_credentials', connected: null } });
    expect(await call(path, { method: 'POST', body: { code: 'x', state: 's' } })).toMatchObject({
      status: 409,
      body: { error: { code: 'account.own-keys' } },
    });
  });

  test('is made by the code of a consent, and the account is then served', async () => {
    const { call } = await setUp({ grant: 'consent' });
    expect(await call(path)).toMatchObject({
      body: {
        grant: 'consent',
        connected: false,
        consent_url: expect.stringMatching(/^https:\/\/avito\.ru\/oauth\?.*state=/),
      },
    });
    expect(await call('/api/v1/avito/chats')).toMatchObject({
      status: 502,
      body: { error: { code: 'avito.not-connected' } },
    });
    const { state } = begun.parse((await call(path)).body);
    expect(await call(path, { method: 'POST', body: { code: 'once', state } })).toMatchObject({
      status: 200,
      body: { status: 'connected', token_expires_at: expect.any(String) },
    });
    expect(await call(path)).toMatchObject({ body: { connected: true } });
    expect(await call('/api/v1/avito/chats')).toMatchObject({ status: 200 });
  });

  test('is not made by a used code, nor by the consent of another account', async () => {
    const { call, avito } = await setUp({ grant: 'consent' });
    const connect = async () => {
      const { state } = begun.parse((await call(path)).body);
      return call(path, { method: 'POST', body: { code: 'used', state } });
    };
    avito.answerWith(({ path: asked }) => (asked === '/token' ? { status: 400 } : undefined));
    expect(await connect()).toMatchObject({ status: 400, body: { error: { code: 'avito.bad-code' } } });
    avito.answerWith(({ path: asked }) =>
      asked.endsWith('/self') ? { status: 200, body: { id: 7 } } : undefined,
    );
    expect(await connect()).toMatchObject({ status: 409, body: { error: { code: 'avito.other-account' } } });
    expect(await call(path)).toMatchObject({ body: { connected: false } });
  });
});
