import { randomUUID } from 'node:crypto';
import { createPool } from '@avito-autoreply/database';
import { silentLogger } from '@avito-autoreply/runtime';
import { describe, expect, inject, test } from 'vitest';
import { findTraces } from './find-traces.ts';
import { queueKinds, useStack } from './stack-fixture.ts';

// On both backends, at the most talkative level that is meant for production.
describe.each(queueKinds)('erasing a buyer, queue in %s', (queue) => {
  const { accountId, adminApiKey, log, repositories, stack, simulator } = useStack({ queue });

  const callAdmin = async (body: Record<string, unknown>) => {
    const response = await fetch(`${stack().adminUrl}/api/v1/erasures`, {
      method: 'POST',
      headers: { authorization: `Bearer ${adminApiKey}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };

  test('leaves no canary in tables, queues or logs, also when his webhook comes again', async () => {
    const mark = randomUUID().slice(0, 8);
    const buyerName = `Канарейка-${mark}`;
    const phone = `+7 912 ${String(Math.random()).slice(2, 5)}-45-67`;
    const text = `Какая гарантия на телефоны? Слово ${mark}слово, мой номер ${phone}`;
    const { chatId, messageId } = await simulator().buyerWrites({ buyerName, text });
    expect(await simulator().waitUntilAnswered({ timeoutMs: 30_000, settleMs: 500 })).toBe(true);
    const chat = await repositories.chats.findChat({ accountId, chatId });
    const replyId = (await repositories.chats.listMessages({ accountId, chatId }))[0]?.replyId ?? '';
    const canaries = [chatId, messageId, mark, phone, replyId, `${chat?.buyerId}`];
    const pool = createPool({ url: inject('databaseUrl'), max: 2, logger: silentLogger });
    const look = (texts: readonly string[]) => findTraces({ pool, redisUrl: inject('redisUrl'), texts });
    try {
      expect((await look([mark])).length).toBeGreaterThan(2);

      const { status, body } = await callAdmin({ author_id: chat?.buyerId });
      expect({ status, body }).toMatchObject({
        status: 200,
        body: {
          subject: 'author',
          erased: {
            tables: { chats: 1, replies: 1 },
            jobs: { 'webhook-events': expect.any(Number) },
            jobs_at_work: 0,
          },
        },
      });
      expect(await look(canaries)).toEqual([]);

      await simulator().redeliver({ messageId });
      const refused = (): boolean => log.some((line) => line.includes('message refused: it was erased'));
      await expect.poll(refused, { timeout: 20_000 }).toBe(true);
      // The ids of jobs are in the queue's record of events until it is full or emptied; the buyer's words are nowhere.
      await expect
        .poll(() => look([mark, phone, replyId, `${chat?.buyerId}`]), { timeout: 10_000 })
        .toEqual([]);
      expect(
        log.filter((line) => [mark, phone, `${chat?.buyerId}`].some((canary) => line.includes(canary))),
      ).toEqual([]);
    } finally {
      await pool.end();
    }
  });

  test('a new message of an erased buyer is answered', async () => {
    const { chatId } = await simulator().buyerWrites({ text: 'Можно оплатить картой?' });
    await simulator().waitUntilAnswered({ timeoutMs: 30_000, settleMs: 500 });
    expect((await callAdmin({ chat_id: chatId })).status).toBe(200);
    await simulator().buyerWrites({ chatId, text: 'Доставка в Казань есть?' });
    expect(await simulator().waitUntilAnswered({ timeoutMs: 30_000, settleMs: 500 })).toBe(true);
    const messages = await repositories.chats.listMessages({ accountId, chatId });
    expect(messages.map(({ direction }) => direction)).toEqual(['in', 'out']);
  });

  test('the request must name one chat or one buyer', async () => {
    expect(await callAdmin({})).toMatchObject({ status: 400 });
    expect(await callAdmin({ chat_id: 'a', author_id: 1 })).toMatchObject({ status: 400 });
    expect(await callAdmin({ author_id: accountId })).toMatchObject({
      status: 400,
      body: { error: { code: 'erasure.own-account' } },
    });
  });
});
