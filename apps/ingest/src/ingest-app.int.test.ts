import { createHmac, randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { takeInEvent } from '@avito-autoreply/queue';
import { AppError, createLifecycle, silentLogger, systemClock } from '@avito-autoreply/runtime';
import { listen } from '@avito-autoreply/runtime/http';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createIngestApp } from './ingest-app.ts';
import type { IngestWebhook } from './ingest.config.ts';

const SECRET = 'a-key-for-tests';
const TOKEN = 'unguessable-last-segment';
const PATH = '/api/v1/webhooks/avito/messages';

const event = {
  id: '0b7d3f1e-6c55-4a0e-9a53-2f1c0a7b9d11',
  version: 'v3.0.0',
  timestamp: 1_795_333_202,
  payload: {
    type: 'message',
    value: {
      id: '5f0c9a7e21d84b6f8c3e1a2b4d6f7081',
      chat_id: 'u2i-Qm4TzXk0aV~7wYb3NdKsLg',
      user_id: 401_122_334,
      author_id: 287_654_321,
      created: 1_795_333_201,
      type: 'text',
      chat_type: 'u2i',
      content: { text: 'Здравствуйте! Ещё продаёте?' },
      item_id: 7_632_548_911,
    },
  },
};
const eventBody = JSON.stringify(event);

/** A queue that remembers ids, and fails when told to. */
function createFakeQueues() {
  const enqueued = new Map<string, unknown>();
  let failure: AppError | undefined;
  return {
    enqueued,
    failWith: (error: AppError) => void (failure = error),
    enqueue: async (definition: { jobId: (payload: never) => string }, payload: unknown) => {
      if (failure) throw failure;
      const jobId = definition.jobId(payload as never);
      const outcome = enqueued.has(jobId) ? ('duplicate' as const) : ('added' as const);
      enqueued.set(jobId, payload);
      return { jobId, outcome };
    },
    ping: async () => {
      if (failure) throw failure;
    },
  };
}

type SetUp = {
  secrets?: string[];
  signatureMode?: 'hmac' | 'presence' | 'off';
  token?: string;
  webhook?: IngestWebhook;
};

async function setUp({ secrets = [SECRET], signatureMode = 'hmac', token, webhook }: SetUp = {}) {
  const queues = createFakeQueues();
  const app = createIngestApp({
    queues,
    webhook: webhook ?? { kind: 'single', webhook: { secrets, signatureMode, token } },
    clock: systemClock,
    logger: silentLogger,
  });
  const lifecycle = createLifecycle({ logger: silentLogger });
  const { port } = await listen({ app, name: 'ingest', port: 0, lifecycle });
  onTestFinished(async () => void (await lifecycle.shutdown('test is over')));
  const post = async (body: string | Buffer, headers: Record<string, string> = {}, path = PATH) => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      method: 'POST',
      body: new Uint8Array(Buffer.from(body)),
      headers: { 'content-type': 'application/json', ...headers },
    });
    return {
      status: response.status,
      body: (await response.json()) as Record<string, unknown>,
      headers: response.headers,
    };
  };
  return { post, queues, port };
}

const sign = (body: string | Buffer, secret = SECRET) =>
  createHmac('sha256', secret).update(body).digest('hex');
const signed = (body: string | Buffer) => ({ 'x-avito-messenger-signature': sign(body) });

describe('a signed event', () => {
  test('is queued under account and message, with the body as it came', async () => {
    const { post, queues } = await setUp();
    expect(await post(eventBody, signed(eventBody))).toMatchObject({
      status: 200,
      body: { status: 'accepted' },
    });
    expect([...queues.enqueued.keys()]).toEqual(['m-401122334-5f0c9a7e21d84b6f8c3e1a2b4d6f7081']);
    const payload = takeInEvent.schema.parse([...queues.enqueued.values()][0]);
    expect(payload.body).toEqual(event);
  });

  test('that comes again, even in another envelope, is a duplicate', async () => {
    const { post } = await setUp();
    await post(eventBody, signed(eventBody));
    const again = JSON.stringify({ ...event, id: '11111111-6c55-4a0e-9a53-2f1c0a7b9d11' });
    expect(await post(again, signed(again))).toMatchObject({ status: 200, body: { status: 'duplicate' } });
  });

  test('is accepted under the other header, with a prefix, in upper case, and with the older of two keys', async () => {
    const { post } = await setUp({ secrets: ['new-key', SECRET] });
    const headers = { 'x-avito-signature': `sha256=${sign(eventBody).toUpperCase()}` };
    expect(await post(eventBody, headers)).toMatchObject({ status: 200 });
  });

  test('of a kind that we do not know is kept, and answered 200', async () => {
    const { post, queues } = await setUp();
    const body = JSON.stringify({ ...event, payload: { type: 'chat_archived', value: {} } });
    expect(await post(body, signed(body))).toMatchObject({ status: 200, body: { status: 'ignored' } });
    expect([...queues.enqueued.keys()]).toEqual([expect.stringMatching(/^e-[0-9a-f]{32}$/)]);
  });
});

describe('refusals', () => {
  test.each([
    ['no signature', {}],
    ['a wrong signature', { 'x-avito-messenger-signature': sign('something else') }],
    ['a signature that is not hex', { 'x-avito-messenger-signature': 'zz'.repeat(32) }],
  ])('%s: 401, nothing is queued', async (_name, headers) => {
    const { post, queues } = await setUp();
    expect(await post(eventBody, headers)).toMatchObject({
      status: 401,
      body: { error: { code: 'webhook.bad-signature' } },
    });
    expect(queues.enqueued.size).toBe(0);
  });

  test('a changed byte breaks the signature', async () => {
    const { post } = await setUp();
    expect(await post(eventBody.replace('Ещё', 'Еще'), signed(eventBody))).toMatchObject({ status: 401 });
  });

  test('a signed body that is not JSON is a 400', async () => {
    const { post } = await setUp();
    expect(await post('{"id":', signed('{"id":'))).toMatchObject({
      status: 400,
      body: { error: { code: 'webhook.not-json' } },
    });
  });

  test('a body beyond the bound is a 413', async () => {
    const { post } = await setUp();
    const body = JSON.stringify({ padding: 'x'.repeat(300_000) });
    expect(await post(body, signed(body))).toMatchObject({
      status: 413,
      body: { error: { code: 'http.body-too-large' } },
    });
  });

  test('a queue that does not take the event is a 503 that asks for redelivery', async () => {
    const { post, queues } = await setUp();
    queues.failWith(new AppError('Redis is silent', { code: 'queue.unavailable', isRetryable: true }));
    const answer = await post(eventBody, signed(eventBody));
    expect(answer).toMatchObject({ status: 503, body: { error: { code: 'webhook.queue-unavailable' } } });
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  test('a compressed body is a 415', async () => {
    const { post } = await setUp();
    const headers = { ...signed(eventBody), 'content-encoding': 'gzip' };
    expect(await post(eventBody, headers)).toMatchObject({
      status: 415,
      body: { error: { code: 'http.unsupported-encoding' } },
    });
  });

  test('other paths and methods are a 404 of the same shape', async () => {
    const { post, port } = await setUp();
    expect(await post(eventBody, {}, '/api/v1/webhooks')).toMatchObject({
      body: { error: { code: 'http.not-found' } },
    });
    const response = await fetch(`http://127.0.0.1:${port}${PATH}`);
    expect(response.status).toBe(404);
  });
});

describe("Avito's probe", () => {
  test.each([
    ['form-encoded, as in the documentation', '{}', 'application/x-www-form-urlencoded'],
    ['as JSON with a line end', '{}\n', 'application/json'],
    ['empty', '', 'text/plain'],
  ])('%s: 200 without a signature, nothing is queued', async (_name, body, contentType) => {
    const { post, queues } = await setUp();
    expect(await post(body, { 'content-type': contentType })).toMatchObject({
      status: 200,
      body: { status: 'probe' },
    });
    expect(queues.enqueued.size).toBe(0);
  });
});

describe('the token in the path', () => {
  test('makes the path without it, or with another, vanish', async () => {
    const { post } = await setUp({ token: TOKEN, secrets: [], signatureMode: 'off' });
    expect(await post(eventBody, {}, PATH)).toMatchObject({ status: 404 });
    expect(await post(eventBody, {}, `${PATH}/${TOKEN}x`)).toMatchObject({ status: 404 });
    expect(await post(eventBody, {}, `${PATH}/${TOKEN}`)).toMatchObject({
      status: 200,
      body: { status: 'accepted' },
    });
  });

  test.each([
    ['escaped', `${PATH}/%75nguessable-last-segment`],
    ['before a slash', `${PATH}/${TOKEN}/`],
    ['before a query', `${PATH}/${TOKEN}?from=proxy`],
    ['behind a path in other case', `${PATH.toUpperCase()}/${TOKEN}`],
  ])('opens as well where it stands %s', async (_form, path) => {
    const { post } = await setUp({ token: TOKEN, secrets: [], signatureMode: 'off' });
    expect(await post(eventBody, {}, path)).toMatchObject({ status: 200, body: { status: 'accepted' } });
  });

  test('that is not percent-encoding is a 400', async () => {
    const { post } = await setUp({ token: TOKEN, secrets: [], signatureMode: 'off' });
    expect(await post(eventBody, {}, `${PATH}/%ff`)).toMatchObject({
      status: 400,
      body: { error: { code: 'http.bad-url' } },
    });
  });

  test('does not replace the signature where both are configured', async () => {
    const { post } = await setUp({ token: TOKEN });
    expect(await post(eventBody, {}, `${PATH}/${TOKEN}`)).toMatchObject({ status: 401 });
    expect(await post(eventBody, signed(eventBody), `${PATH}/${TOKEN}`)).toMatchObject({ status: 200 });
  });
});

describe('the account in the path', () => {
  const account = (userId: number) => ({
    userId,
    webhook: { token: `token-of-account-${userId}`, secrets: [], signatureMode: 'off' as const },
  });
  const [own, other] = [account(401_122_334), account(401_122_335)];
  const addressOf = ({ userId, webhook }: typeof own, path = PATH) => `${path}/${userId}/${webhook.token}`;

  test('takes in the events of its account, and refuses those of another with a 403 that is counted', async () => {
    const { post, port, queues } = await setUp({ webhook: { kind: 'accounts', accounts: [own, other] } });
    expect(await post(eventBody, {}, addressOf(own))).toMatchObject({
      status: 200,
      body: { status: 'accepted' },
    });
    expect(await post(eventBody, {}, addressOf(other))).toMatchObject({
      status: 403,
      body: { error: { code: 'webhook.wrong-account' } },
    });
    expect(await post(eventBody, {}, `${PATH}/${other.webhook.token}`)).toMatchObject({ status: 403 });
    expect(queues.enqueued.size).toBe(1);
    const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
    expect(metrics).toMatch(/autoreply_webhooks_total\{[^}]*outcome="wrong-account"[^}]*\} 2/);
  });

  test("with another account's token, or of a stranger, is a 404 like any other", async () => {
    const { post } = await setUp({ webhook: { kind: 'accounts', accounts: [own, other] } });
    const wrong = await post(eventBody, {}, `${PATH}/${own.userId}/${other.webhook.token}`);
    const stranger = await post(eventBody, {}, `${PATH}/401122339/${other.webhook.token}`);
    expect([wrong.status, stranger.status]).toEqual([404, 404]);
    expect(Object.keys(wrong.body)).toEqual(Object.keys(stranger.body));
  });

  test('does not exist in an installation of one account', async () => {
    const { post } = await setUp({ token: TOKEN, secrets: [], signatureMode: 'off' });
    expect(await post(eventBody, {}, `${PATH}/401122334/${TOKEN}`)).toMatchObject({ status: 404 });
  });
});

test('without a key, a signature may be demanded by its presence', async () => {
  const { post } = await setUp({ secrets: [], signatureMode: 'presence', token: TOKEN });
  expect(await post(eventBody, {}, `${PATH}/${TOKEN}`)).toMatchObject({ status: 401 });
  const present = { 'x-avito-messenger-signature': randomBytes(32).toString('hex') };
  expect(await post(eventBody, present, `${PATH}/${TOKEN}`)).toMatchObject({ status: 200 });
});

test('readyz follows the queue', async () => {
  const { queues, port } = await setUp();
  expect((await fetch(`http://127.0.0.1:${port}/readyz`)).status).toBe(200);
  queues.failWith(new AppError('gone', { code: 'queue.unavailable' }));
  expect((await fetch(`http://127.0.0.1:${port}/readyz`)).status).toBe(503);
});

test('a client that goes away in mid-body does no harm', async () => {
  const { post, port, queues } = await setUp();
  const socket = connect(port, '127.0.0.1');
  await new Promise<void>((resolve) => socket.once('connect', () => resolve()));
  socket.write(`POST ${PATH} HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{"id":`);
  socket.destroy();
  expect(await post(eventBody, signed(eventBody))).toMatchObject({ status: 200 });
  expect(queues.enqueued.size).toBe(1);
});
