import { describe, expect, test } from 'vitest';
import { queueKinds, useStack } from './stack-fixture.ts';

const [queue = 'postgres'] = queueKinds.toReversed();

describe('a file of the buyer', () => {
  const { accountId, repositories, simulator } = useStack({
    queue,
    withModel: true,
    extraEnv: { OPENAI_TRANSCRIPTION_MODEL: 'simulated-hearing' },
  });

  test('a voice message is heard and answered from the knowledge base', async () => {
    const { chatId } = await simulator().buyerWrites({ type: 'voice', text: 'Доставка в Казань есть?' });
    expect(await simulator().waitUntilAnswered({ timeoutMs: 30_000, settleMs: 500 })).toBe(true);
    const [asked, answered] = await repositories.chats.listMessages({ accountId, chatId });
    expect(asked).toMatchObject({ type: 'voice', text: '[голосовое сообщение] Доставка в Казань есть?' });
    expect(answered?.text).toMatch(/Казан/);
  });

  test('an image that no model reads is answered with the prepared text, and a person takes over', async () => {
    const { chatId } = await simulator().buyerWrites({ type: 'image' });
    expect(await simulator().waitUntilAnswered({ timeoutMs: 30_000, settleMs: 500 })).toBe(true);
    expect(await repositories.chats.findChat({ accountId, chatId })).toMatchObject({ mode: 'human' });
  });
});
