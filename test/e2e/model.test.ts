import { createPool } from '@avito-autoreply/database';
import { silentLogger } from '@avito-autoreply/runtime';
import { describe, expect, inject, test } from 'vitest';
import { syncFolder } from '../../apps/cli/src/knowledge.ts';
import { SAMPLE_SHOP } from '../../apps/cli/src/sample-shop.ts';
import { queueKinds, useStack } from './stack-fixture.ts';

const [queue = 'postgres'] = queueKinds.toReversed();

describe('with an OpenAI-compatible model', () => {
  const { accountId, repositories, stack, simulator, changeSwitches } = useStack({ queue, withModel: true });

  async function answerTo(text: string) {
    const { chatId, messageId } = await simulator().buyerWrites({ buyerName: 'Анна', text });
    expect(await simulator().waitUntilAnswered({ timeoutMs: 30_000, settleMs: 1_000 })).toBe(true);
    const messages = await repositories.chats.listMessages({ accountId, chatId });
    const replyId = messages.find((message) => message.messageId === messageId)?.replyId ?? '';
    return (await repositories.sends.findReply({ replyId }))?.reply;
  }

  test('the base gets vectors, and the model answers from the passages that they find', async () => {
    const pool = createPool({ url: inject('databaseUrl'), max: 2, logger: silentLogger });
    const model = {
      apiKey: 'any',
      baseUrl: `${stack().simulatorUrl}/v1`,
      chatModel: 'simulated-chat',
      embeddingModel: 'simulated-embedding',
      embeddingDimensions: 256,
    };
    const options = { pool, accountId, path: SAMPLE_SHOP, model, logger: silentLogger };
    try {
      expect((await syncFolder(options)).embedded).toBeGreaterThan(20);
      expect((await syncFolder(options)).embedded).toBe(0);
    } finally {
      await pool.end();
    }
    const reply = await answerTo('На сколько бесплатно откладываете товар?');
    expect(reply).toMatchObject({ mode: 'model', action: 'answer', text: expect.stringMatching(/24 часа/) });
    expect(reply?.trace).toMatchObject({
      usage: { inputTokens: expect.any(Number), model: 'simulated-chat' },
    });
  });

  test.each(['failing', 'empty'] as const)(
    'a model that is %s costs no answer: the base is quoted',
    async (modelMode) => {
      await changeSwitches({ modelMode });
      expect(await answerTo('Доставка в Казань есть?')).toMatchObject({
        mode: 'extractive',
        action: 'answer',
        text: expect.stringMatching(/Казан/),
      });
      await changeSwitches({ modelMode: 'honest' });
    },
  );
});
