import { describe, expect, test } from 'vitest';
import { queueKinds, useStack } from './stack-fixture.ts';

const BUYERS = 12;

describe.each(queueKinds)('an Avito that loses answers, requests and echoes, queue in %s', (queue) => {
  const { simulator, changeSwitches, addFault, log } = useStack({
    queue,
    extraEnv: { AVITO_SETTLE_SECONDS: '1' },
  });

  test('gets each buyer one answer', async () => {
    await changeSwitches({ echo: 'off' });
    // Of the first sends some are stored though their answers are lost, some are lost themselves, some are refused.
    const strikes: [endpoint: string, times: number, effect: object][] = [
      ['send-text', 3, { kind: 'reset', when: 'after' }],
      ['send-text', 3, { kind: 'status', status: 500, when: 'before' }],
      ['send-text', 3, { kind: 'status', status: 429, retryAfterSeconds: 1 }],
      ['list-messages', 2, { kind: 'status', status: 503 }],
    ];
    for (const [endpoint, times, effect] of strikes) await addFault({ endpoint, times, effect });
    const written = await Promise.all(
      Array.from({ length: BUYERS }, (_, index) =>
        simulator().buyerWrites({ buyerName: `Покупатель ${index}`, text: 'До скольки вы работаете?' }),
      ),
    );
    const isDone = await simulator().waitUntilAnswered({ timeoutMs: 90_000, settleMs: 5_000 });
    const { buyerMessages } = await simulator().ledger();
    const states = buyerMessages
      .filter((message) => written.some(({ chatId }) => chatId === message.chatId))
      .map((message) => message.state);
    expect([isDone, states], log.slice(-20).join('\n')).toEqual([
      true,
      Array.from({ length: BUYERS }, () => 'once'),
    ]);
  }, 120_000);
});
