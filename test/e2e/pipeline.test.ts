import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { queueKinds, useStack } from './stack-fixture.ts';

const questions = [
  ['До скольки вы работаете?', /21|20/],
  ['Какая гарантия на телефоны?', /гаранти/i],
  ['Можно оплатить картой?', /карт/i],
  ['Доставка в Казань есть?', /Казан/i],
] as const;

describe.each(queueKinds)('the whole path, queue in %s', (queue) => {
  const { accountId, log, repositories, adminApiKey, stack, simulator, sign } = useStack({ queue });

  const event = (value: Record<string, unknown>) => ({
    id: randomUUID(),
    version: 'v3.0.0',
    timestamp: Math.floor(Date.now() / 1_000),
    payload: {
      type: 'message',
      value: {
        id: randomUUID().replaceAll('-', ''),
        chat_id: `u2i-${randomUUID()}`,
        user_id: accountId,
        author_id: 0,
        created: Math.floor(Date.now() / 1_000),
        type: 'system',
        content: { text: 'x' },
        ...value,
      },
    },
  });
  const post = async (body: string, { signature = sign(body), contentType = 'application/json' } = {}) => {
    const response = await fetch(stack().webhookUrl, {
      method: 'POST',
      body,
      headers: { 'content-type': contentType, 'x-avito-signature': signature },
    });
    return {
      status: response.status,
      body: (await response.json()) as { status?: string; error?: { code: string } },
    };
  };

  test('twenty buyers are answered once each, with the fact from the knowledge base', async () => {
    const asked = Array.from(
      { length: 20 },
      (_, index) => questions[index % questions.length] ?? questions[0],
    );
    const written = await Promise.all(
      asked.map(([text], index) => simulator().buyerWrites({ buyerName: `Покупатель ${index}`, text })),
    );
    expect(await simulator().waitUntilAnswered({ timeoutMs: 60_000, settleMs: 2_000 })).toBe(true);
    const { buyerMessages } = await simulator().ledger();
    const mine = buyerMessages.filter((message) => written.some(({ chatId }) => chatId === message.chatId));
    expect(mine.map((message) => message.state)).toEqual(Array.from({ length: 20 }, () => 'once'));
    for (const [index, { chatId }] of written.entries()) {
      const sent = (await repositories.chats.listMessages({ accountId, chatId })).find(
        ({ direction }) => direction === 'out',
      );
      expect(sent?.text).toMatch(asked[index]?.[1] ?? '');
    }
  });

  test('a burst of three gets one answer', async () => {
    const texts = ['Здравствуйте', 'подскажите', 'доставка в Казань есть?'];
    const [first] = await simulator().burst({ buyerName: 'Ирина', texts, intervalMs: 200 });
    await simulator().waitUntilAnswered({ timeoutMs: 30_000, settleMs: 2_000 });
    const messages = await repositories.chats.listMessages({ accountId, chatId: first?.chatId ?? '' });
    expect(messages.filter(({ direction }) => direction === 'out')).toHaveLength(1);
    expect(
      new Set(messages.filter(({ direction }) => direction === 'in').map(({ replyId }) => replyId)).size,
    ).toBe(1);
  });

  test('each kind of webhook request gets its status', async () => {
    const body = JSON.stringify(event({}));
    expect(await post(body)).toMatchObject({ status: 200, body: { status: 'accepted' } });
    expect(await post(body)).toMatchObject({ status: 200, body: { status: 'duplicate' } });
    expect(await post(JSON.stringify(event({})), { signature: '0'.repeat(64) })).toMatchObject({
      status: 401,
    });
    expect(
      await post('{}', { signature: '', contentType: 'application/x-www-form-urlencoded' }),
    ).toMatchObject({
      status: 200,
      body: { status: 'probe' },
    });
    expect(await post('{"id":')).toMatchObject({ status: 400 });
    expect(await post(JSON.stringify({ padding: 'x'.repeat(500_000) }))).toMatchObject({ status: 413 });
    const unknown = JSON.stringify({ id: randomUUID(), payload: { type: 'chat_archived', value: {} } });
    expect(await post(unknown)).toMatchObject({ status: 200 });
    const withoutToken = await fetch(`${stack().ingestUrl}/api/v1/webhooks/avito/messages`, {
      method: 'POST',
      body,
    });
    expect(withoutToken.status).toBe(404);
  });

  test("the management API answers with the key only, and shows Bull Board's pages behind it", async () => {
    const headers = { authorization: `Bearer ${adminApiKey}` };
    expect((await fetch(`${stack().adminUrl}/api/v1/avito/webhook/status`)).status).toBe(401);
    const status = await fetch(`${stack().adminUrl}/api/v1/avito/webhook/status`, { headers });
    expect(status.status).toBe(200);
    expect(JSON.stringify(await status.json())).toContain('/api/v1/webhooks/avito/messages');
    expect((await fetch(`${stack().adminUrl}/queues/`, { headers })).status).toBe(200);
    const asked = await fetch(`${stack().adminUrl}/api/v1/answers`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify({ question: 'Доставка в Казань есть?' }),
    });
    expect(await asked.json()).toMatchObject({ action: 'answer', text: expect.stringMatching(/Казан/) });
  });

  test("no buyer's text and no secret stands in the logs", () => {
    expect(log.length).toBeGreaterThan(0);
    expect(log.join('\n')).not.toMatch(/Казань|гарантия на телефоны/);
    expect(log.join('\n')).not.toContain(adminApiKey);
  });
});
