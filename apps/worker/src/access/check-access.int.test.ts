import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAvitoClient, type ProbeWebhook } from '@avito-autoreply/avito';
import { AppError, silentLogger } from '@avito-autoreply/runtime';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createAlarm } from '../alarm.ts';
import { createBell, jobContext, putBackUntil, setUpAccount } from '../testing/set-up.ts';
import { createAutoRegister } from './auto-register.ts';
import { createCheckAccess } from './check-access.ts';

const TOKEN = 'an-unguessable-token';
const PUBLIC = 'https://shop.example';
const OURS = `${PUBLIC}/api/v1/webhooks/avito/messages/${TOKEN}`;
const CRM = 'https://crm.example/hook';
const DAY_MS = 86_400_000;

/** A throw-away Avito that holds subscriptions, and refuses what it is told to refuse. */
async function startAvito() {
  const state = { urls: [OURS], refusals: {} as Record<string, number>, registered: [] as string[] };
  const server = createServer((request, response) => {
    const path = request.url?.replace(/\?.*/, '') ?? '';
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
    request.on('end', () => {
      const refusal = Object.entries(state.refusals).find(([part]) => path.includes(part))?.[1];
      if (path === '/messenger/v3/webhook' && refusal === undefined) {
        const { url } = JSON.parse(body) as { url: string };
        state.registered.push(url);
        state.urls = [url];
      }
      const answers: Record<string, unknown> = {
        '/token': { access_token: 'token', expires_in: 86_400, token_type: 'Bearer' },
        '/messenger/v1/subscriptions': { subscriptions: state.urls.map((url) => ({ url, version: '3' })) },
      };
      response.writeHead(refusal ?? 200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(answers[path] ?? (path.endsWith('/chats') ? { chats: [] } : { ok: true })));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    return new Promise<void>((resolve) => server.close(() => resolve()));
  });
  return { state, baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

type SetUp = { publicUrl?: string; probe?: ProbeWebhook; checkEveryMs?: number | null };

async function setUp({ publicUrl, probe, checkEveryMs = DAY_MS }: SetUp = {}) {
  const { state, baseUrl } = await startAvito();
  const { repositories, accountId } = setUpAccount();
  const bell = createBell();
  const client = createAvitoClient({ baseUrl, credentials: { clientId: 'id', clientSecret: 'secret' } });
  const check = createCheckAccess({
    clients: {
      accountIds: [accountId],
      isOurAccount: (id) => id === accountId,
      clientOf: () => client,
    },
    webhooks: repositories.webhooks,
    queues: bell,
    alarm: createAlarm({ alerts: repositories.alerts, logger: silentLogger }),
    checkEveryMs,
    addressOf: () => ({ token: TOKEN, isNamedInPath: false }),
    publicUrl,
    autoRegister:
      probe &&
      createAutoRegister({
        url: publicUrl ?? '',
        addressOf: () => ({ token: TOKEN, isNamedInPath: false }),
        webhooks: repositories.webhooks,
        probe,
        clock: { now: () => 1_000_000 },
        logger: silentLogger,
      }),
  });
  const alerts = async () =>
    (await repositories.alerts.listOpen({ accountIds: [accountId] })).filter(
      (alert) => alert.accountId === accountId,
    );
  return {
    state,
    repositories,
    accountId,
    bell,
    check,
    alerts,
    look: () => check({ accountId }, jobContext),
  };
}

test('where all is well nothing is raised, and nobody looks again before the next time', async () => {
  const { look, alerts, bell } = await setUp();
  await look();
  expect(await alerts()).toEqual([]);
  expect(bell.rung).toEqual([]);
});

test('without an account the job rings for each of them, once whoever started us has registered', async () => {
  const { check, bell, accountId } = await setUp();
  await check({}, jobContext);
  expect(bell.rung).toMatchObject([
    { name: 'check-access', payload: { accountId, round: 0 }, delayMs: 60_000 },
  ]);
});

test('a stolen subscription is told with the thief’s address, and is over when ours is back', async () => {
  const { look, alerts, state, bell, accountId } = await setUp();
  state.urls = [CRM];
  await look();
  expect(await alerts()).toMatchObject([
    {
      kind: 'webhook-replaced',
      message: expect.stringContaining(CRM),
      details: { code: 'webhook-replaced', urls: [CRM] },
    },
  ]);
  expect(bell.rung).toMatchObject([{ payload: { accountId, round: 1 }, delayMs: 900_000 }]);
  state.urls = [OURS];
  await look();
  expect(await alerts()).toEqual([]);
});

test('an account is looked at again every quarter of an hour, until the next regular look', async () => {
  const { check, bell, state, accountId } = await setUp({ checkEveryMs: 3_600_000 });
  state.urls = [];
  for (const round of [0, 1, 2, 3]) await check({ accountId, round }, jobContext);
  expect(bell.rung.map(({ payload }) => payload)).toEqual([
    { accountId, round: 1 },
    { accountId, round: 2 },
    { accountId, round: 3 },
  ]);
});

test('what should be there is the configured address, else the one registered last, else any of ours', async () => {
  const configured = await setUp({ publicUrl: 'https://new.example' });
  await configured.look();
  expect(await configured.alerts()).toMatchObject([{ kind: 'webhook-replaced' }]);

  const { look, alerts, repositories, accountId } = await setUp();
  await repositories.webhooks.saveRegistration({ accountId, url: 'https://new.example' });
  await look();
  expect(await alerts()).toMatchObject([{ kind: 'webhook-replaced' }]);
  await repositories.webhooks.forgetRegistration({ accountId });
  await look();
  expect(await alerts()).toEqual([]);
});

test.each([
  ['/token', 401, 'token-refused'],
  ['/chats', 401, 'access-lost'],
  ['/chats', 402, 'access-lost'],
  ['/subscriptions', 403, 'access-lost'],
])('%s refused by %i raises %s, which ends with the refusal', async (path, status, kind) => {
  const { look, alerts, state } = await setUp();
  state.refusals = { [path]: status };
  await look();
  expect((await alerts()).map((alert) => alert.kind)).toEqual([kind]);
  state.refusals = {};
  await look();
  expect(await alerts()).toEqual([]);
});

test('an Avito in trouble is an alert at the third failed look, and changes no other alert', async () => {
  const { check, alerts, state, accountId, look } = await setUp();
  state.urls = [];
  await look();
  state.refusals = { '/subscriptions': 503 };
  const attemptAt = (attempt: number) => check({ accountId }, { ...jobContext, attempt });
  for (const attempt of [1, 2]) {
    await expect(attemptAt(attempt)).rejects.toMatchObject({ code: 'avito.server-error', isRetryable: true });
  }
  expect((await alerts()).map(({ kind }) => kind)).toEqual(['webhook-gone']);
  await expect(attemptAt(3)).rejects.toMatchObject({ code: 'avito.server-error' });
  expect((await alerts()).map(({ kind }) => kind).toSorted()).toEqual(['avito-unreachable', 'webhook-gone']);
  state.refusals = {};
  state.urls = [OURS];
  await attemptAt(4);
  expect(await alerts()).toEqual([]);
});

test('switched off, it looks at nothing', async () => {
  const { check, look, alerts, state, bell } = await setUp({ checkEveryMs: null });
  state.urls = [];
  await check({}, jobContext);
  await look();
  expect(await alerts()).toEqual([]);
  expect(bell.rung).toEqual([]);
});

describe('where the webhook is to register itself', () => {
  const alive: ProbeWebhook = async () => [];
  const dead: ProbeWebhook = async () => {
    throw new AppError('refused', { code: 'webhook.unreachable', isRetryable: true });
  };

  test('it is registered when it is gone, once, and remembered without the token', async () => {
    const { look, alerts, state, repositories, accountId } = await setUp({ publicUrl: PUBLIC, probe: alive });
    state.urls = [];
    await look();
    await look();
    expect(state.registered).toEqual([OURS]);
    expect(await alerts()).toEqual([]);
    expect(await repositories.webhooks.findRegistration({ accountId })).toMatchObject({
      url: OURS.replace(`/${TOKEN}`, ''),
    });
  });

  test('an old address of ours gives way, another system’s never', async () => {
    const { look, alerts, state } = await setUp({ publicUrl: PUBLIC, probe: alive });
    state.urls = [CRM];
    await look();
    expect(state.registered).toEqual([]);
    expect(await alerts()).toMatchObject([{ kind: 'webhook-replaced' }]);
    state.urls = [OURS.replace('shop', 'old-shop')];
    await look();
    expect(state.registered).toEqual([OURS]);
    expect(await alerts()).toEqual([]);
  });

  test('it waits for ingest two minutes, then says so', async () => {
    const { check, alerts, state, accountId } = await setUp({ publicUrl: PUBLIC, probe: dead });
    state.urls = [];
    const lookAged = (ageMs: number) =>
      putBackUntil(check({ accountId }, { ...jobContext, enqueuedAt: 1_000_000 - ageMs }));
    expect(await lookAged(0)).toBe(1_005_000);
    expect(await lookAged(119_999)).toBe(1_005_000);
    expect(await alerts()).toEqual([]);
    expect(await lookAged(120_000)).toBeUndefined();
    expect(await alerts()).toMatchObject([
      { kind: 'webhook-unreachable', message: expect.stringContaining(PUBLIC) },
    ]);
    expect(state.registered).toEqual([]);
  });
});
