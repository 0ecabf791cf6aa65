import { createHmac, randomInt, randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPool, createRepositories } from '@avito-autoreply/database';
import { silentLogger } from '@avito-autoreply/runtime';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { createSimulatorClient } from '../../apps/cli/src/demo/simulator-client.ts';
import { syncFolder } from '../../apps/cli/src/knowledge.ts';
import { baseEnvOf } from '../../apps/cli/src/stack/child-env.ts';
import { newSecrets } from '../../apps/cli/src/stack/local-secrets.ts';
import { type Stack, startStack } from '../../apps/cli/src/stack/start-stack.ts';

/** A shop with everything of its own; of the third, the knowledge base is the first one's. */
const shop = (name: string, price: number) => {
  const userId = randomInt(1_000_000_000, 9_000_000_000);
  const { webhookToken: token, adminApiKey: secret } = newSecrets();
  return { userId, name, price, clientId: `client-${userId}`, clientSecret: randomUUID(), token, secret };
};
type Shop = ReturnType<typeof shop>;

const QUESTION = 'Сколько стоит доставка в Казань?';

describe('several accounts in one installation', () => {
  const phones = shop('Телефоны', 500);
  const bicycles = shop('Велосипеды', 900);
  const repairs = shop('Ремонт', 500);
  const shops = [phones, bicycles, repairs];
  const databaseUrl = inject('databaseUrl');
  const pool = createPool({ url: databaseUrl, max: 2, logger: silentLogger });
  const { chats, figures } = createRepositories(pool);
  const adminApiKey = newSecrets().adminApiKey;
  const log: string[] = [];
  let folder: string;
  let stack: Stack;

  const simulator = () => createSimulatorClient({ url: stack.simulatorUrl ?? '' });
  const admin = async (path: string, { body }: { body?: unknown } = {}) => {
    const response = await fetch(`${stack.adminUrl}/api/v1${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { authorization: `Bearer ${adminApiKey}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, text: await response.text() };
  };
  const control = async (path: string, body: unknown) => {
    const response = await fetch(`${stack.simulatorUrl}/_control${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(await response.text());
  };
  const answerIn = async ({ userId }: Shop, chatId: string) => {
    const messages = await chats.listMessages({ accountId: userId, chatId });
    return messages.filter(({ direction }) => direction === 'out').map(({ text }) => text);
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'accounts-'));
    for (const { userId, price } of [phones, bicycles]) {
      const path = join(folder, `${userId}.md`);
      await writeFile(path, `# Доставка\n\nДоставка в Казань стоит ${price} рублей.\n`);
      await syncFolder({ pool, accountId: userId, path, logger: silentLogger });
    }
    const accountsFile = join(folder, 'accounts.json');
    await writeFile(
      accountsFile,
      JSON.stringify(
        shops.map(({ userId, name, clientId, clientSecret, token, secret }) => ({
          user_id: userId,
          name,
          client_id: clientId,
          client_secret: clientSecret,
          webhook: { token, secret },
          settings: { response_delay_seconds: 1 },
          ...(userId === repairs.userId ? { knowledge_of: phones.userId } : {}),
        })),
      ),
    );
    stack = await startStack({
      services: { databaseUrl, queueEnv: { QUEUE_BACKEND: 'postgres' } },
      queuePrefix: `e2e-${phones.userId}`,
      account: phones,
      accountsFile,
      webhook: { secret: undefined, token: newSecrets().webhookToken },
      adminApiKey,
      ports: { ingest: 0, worker: 0, admin: 0, simulator: 0 },
      baseEnv: baseEnvOf({ PATH: process.env['PATH'] }, { LOG_LEVEL: 'info' }),
      extraEnv: {},
      onLog: (app, line) => log.push(`[${app}] ${line}`),
    });
    for (const { userId: id, name, clientId, clientSecret, secret: webhookSecret } of shops) {
      await control('/accounts', { id, name, clientId, clientSecret, webhookSecret });
    }
    for (const { userId } of shops) {
      const path = `/avito/webhook/register?account_id=${userId}`;
      const registered = await admin(path, { body: { webhook_url: stack.ingestUrl } });
      if (registered.status !== 200) throw new Error(registered.text);
    }
  });
  afterAll(async () => {
    await stack?.stop();
    await pool.end();
    await rm(folder, { recursive: true });
  });

  test('each answers its buyers once, from its own knowledge base or the one that it was lent', async () => {
    const written = [];
    for (const { userId } of shops) {
      written.push(await simulator().buyerWrites({ accountId: userId, text: QUESTION }));
    }
    expect(await simulator().waitUntilAnswered({ timeoutMs: 60_000, settleMs: 2_000 })).toBe(true);
    for (const [index, each] of shops.entries()) {
      const answers = await answerIn(each, written[index]?.chatId ?? '');
      expect(answers).toEqual([expect.stringContaining(`${each.price} рублей`)]);
    }
  });

  const eventFor = ({ userId }: Shop) =>
    JSON.stringify({
      payload: {
        type: 'message',
        value: {
          id: randomUUID(),
          chat_id: `u2i-${randomUUID()}`,
          user_id: userId,
          author_id: 287_654_321,
          created: Math.floor(Date.now() / 1_000),
          type: 'text',
          content: { text: QUESTION },
        },
      },
    });
  const deliver = async (body: string, { path, token, key }: { path: Shop; token: Shop; key: Shop }) => {
    const response = await fetch(stack.webhookUrlOf({ userId: path.userId, token: token.token }), {
      method: 'POST',
      body,
      headers: {
        'content-type': 'application/json',
        'x-avito-signature': createHmac('sha256', key.secret).update(body).digest('hex'),
      },
    });
    const { error } = (await response.json()) as { error?: { code: string } };
    return [response.status, error?.code];
  };

  test("a webhook crossed with another account's is refused, whatever of it is crossed, and leaves no trace", async () => {
    const countBefore = (await figures.summarize({ accountId: bicycles.userId })).messages;
    const body = eventFor(bicycles);
    const own = { path: phones, token: phones, key: phones };
    expect(await deliver(body, own)).toEqual([403, 'webhook.wrong-account']);
    expect(await deliver(body, { ...own, path: bicycles })).toEqual([404, 'http.not-found']);
    expect(await deliver(body, { ...own, path: bicycles, token: bicycles })).toEqual([
      401,
      'webhook.bad-signature',
    ]);
    expect(await deliver(body, { ...own, token: bicycles })).toEqual([404, 'http.not-found']);
    expect((await figures.summarize({ accountId: bicycles.userId })).messages).toEqual(countBefore);
    const metrics = await (await fetch(`${stack.ingestUrl}/metrics`)).text();
    expect(metrics).toMatch(/autoreply_webhooks_total\{[^}]*outcome="wrong-account"[^}]*\} 1/);
  });

  test("over the management API no account sees or writes into another one's chats", async () => {
    const { chatId } = await simulator().buyerWrites({ accountId: phones.userId, text: QUESTION });
    await simulator().waitUntilAnswered({ timeoutMs: 60_000, settleMs: 500 });
    const as = (each: Shop) => `account_id=${each.userId}`;
    for (const path of ['/avito/chats', '/chats', '/messages/held']) {
      expect((await admin(`${path}?${as(bicycles)}`)).text).not.toContain(chatId);
    }
    expect((await admin(`/avito/chats?${as(phones)}`)).text).toContain(chatId);
    const messages = `/avito/chats/${chatId}/messages`;
    expect((await admin(`${messages}?${as(bicycles)}`)).status).not.toBe(200);
    const sent = await admin(`${messages}?${as(bicycles)}`, { body: { text: 'Чужое сообщение' } });
    expect(sent.status).not.toBe(200);
    expect(await admin(`/chats/${chatId}/pause?${as(bicycles)}`, { body: {} })).toMatchObject({
      status: 404,
    });
    expect(await answerIn(phones, chatId)).toEqual([expect.stringContaining('500 рублей')]);
    expect((await admin('/chats')).status).toBe(400);
  });

  test('nothing secret of any account stands in the logs', () => {
    expect(log.length).toBeGreaterThan(0);
    for (const { token, secret, clientSecret } of shops) {
      for (const word of [token, secret, clientSecret]) expect(log.join('\n')).not.toContain(word);
    }
  });
});
