import type { Terminal } from '../output/terminal.ts';
import type { SimulatorEvent } from './simulator-client.ts';

const buyerColors = ['cyan', 'magenta', 'yellow', 'blue', 'green'] as const;

/** Prints the conversation as it happens: who wrote what, how long the answer took, and what the webhook said. */
export function createConversationPrinter({
  terminal,
  startedAt,
}: {
  terminal: Terminal;
  startedAt: number;
}) {
  const buyers = new Map<string, { number: number; wroteAt: number }>();

  const stamp = (at: number) =>
    terminal.style('gray', `${((at - startedAt) / 1_000).toFixed(2).padStart(6)} s`);
  const label = (chatId: string) => {
    const { number } = buyers.get(chatId) ?? { number: 0 };
    return terminal.style(
      buyerColors[number % buyerColors.length] ?? 'cyan',
      `buyer ${String(number).padStart(2)}`,
    );
  };

  return (event: SimulatorEvent): void => {
    switch (event.kind) {
      case 'buyer-message': {
        const { chatId, at, text, type } = event.record;
        const number = buyers.get(chatId)?.number ?? buyers.size + 1;
        buyers.set(chatId, { number, wroteAt: at });
        terminal.line(`${stamp(at)}  ${label(chatId)} →  ${text ?? `[${type}]`}`);
        return;
      }
      case 'send': {
        const { chatId, at, text } = event.record;
        const wroteAt = buyers.get(chatId)?.wroteAt ?? at;
        const took = terminal.style('gray', `(${((at - wroteAt) / 1_000).toFixed(2)} s)`);
        terminal.line(`${stamp(at)}  ${label(chatId)} ←  ${terminal.style('bold', text)} ${took}`);
        return;
      }
      case 'delivery': {
        const { kind, status, responseBody } = event.record;
        if (kind === 'system')
          terminal.line(terminal.style('gray', `          Avito's own message: ${status} ${responseBody}`));
        if (kind === 'raw')
          terminal.line(terminal.style('gray', `          forged webhook: ${status}, refused`));
        if (responseBody?.includes('"duplicate"'))
          terminal.line(
            terminal.style('gray', `          the same webhook again: ${status} ${responseBody}`),
          );
      }
    }
  };
}
