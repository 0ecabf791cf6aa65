import { expect, test } from 'vitest';
import { createTerminal } from '../output/terminal.ts';
import { captureOutput } from '../testing/capture-output.ts';
import { delivery } from '../testing/ledger-fakes.ts';
import { createConversationPrinter } from './print-conversation.ts';
import type { SimulatorEvent } from './simulator-client.ts';

function printed(events: readonly SimulatorEvent[]): string[] {
  const { output, stdout } = captureOutput();
  const print = createConversationPrinter({
    terminal: createTerminal({ ...output, isJson: false }),
    startedAt: 1_000,
  });
  events.forEach(print);
  return stdout().trimEnd().split('\n');
}

const writes = (at: number, chatId: string, text?: string): SimulatorEvent => ({
  kind: 'buyer-message',
  record: { at, chatId, messageId: `m${at}`, type: text === undefined ? 'image' : 'text', text },
});
const answered = (at: number, chatId: string, text: string): SimulatorEvent => ({
  kind: 'send',
  record: { at, chatId, text },
});

test('each buyer keeps a number, and an answer tells how long it took', () => {
  expect(
    printed([
      writes(1_000, 'a', 'Где вы?'),
      writes(1_500, 'b'),
      answered(3_250, 'a', 'В Москве'),
      writes(4_000, 'a', 'Спасибо'),
    ]),
  ).toEqual([
    '  0.00 s  buyer  1 →  Где вы?',
    '  0.50 s  buyer  2 →  [image]',
    '  2.25 s  buyer  1 ←  В Москве (2.25 s)',
    '  3.00 s  buyer  1 →  Спасибо',
  ]);
});

test("repeated, forged and Avito's own webhooks are shown with what ingest said", () => {
  const record = (fields: Parameters<typeof delivery>[0]): SimulatorEvent => ({
    kind: 'delivery',
    record: delivery(fields),
  });
  const lines = printed([
    record({ responseBody: '{"outcome":"accepted"}' }),
    record({ responseBody: '{"outcome":"duplicate"}' }),
    record({ kind: 'raw', status: 401 }),
    record({ kind: 'system', responseBody: '{"outcome":"accepted"}' }),
  ]).map((line) => line.trim());
  expect(lines).toEqual([
    'the same webhook again: 200 {"outcome":"duplicate"}',
    'forged webhook: 401, refused',
    `Avito's own message: 200 {"outcome":"accepted"}`,
  ]);
});
