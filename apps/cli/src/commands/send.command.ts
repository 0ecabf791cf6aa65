import { createAvitoClient } from '@avito-autoreply/avito';
import { selectAccount } from '../account.ts';
import { exitCodeOf } from '../exit-code.ts';
import type { Command } from '../run-command.ts';

type SendInput = { chatId: string; text: string; account: number | undefined };

/** Sends one text as the account itself, once, without the pipeline. */
export function send({ chatId, text, account: wanted }: SendInput): Command {
  return async ({ environment, terminal }) => {
    const { account, baseUrl } = await selectAccount({ environment, wanted });
    const avito = createAvitoClient({ baseUrl, credentials: account });
    // Without a signal: an aborted POST would leave nobody knowing whether it arrived.
    const outcome = await avito.sendText({ userId: account.userId, chatId, text });
    switch (outcome.outcome) {
      case 'sent':
        terminal.line(`${terminal.style('green', 'sent')}: message ${outcome.messageId}`);
        terminal.line('The automatic answers of this chat pause now, because a person wrote in it.');
        terminal.json({ outcome: 'sent', messageId: outcome.messageId });
        return 0;
      case 'not-sent':
      case 'unknown': {
        const { code, message } = outcome.error;
        const advice =
          outcome.outcome === 'unknown'
            ? 'It may have arrived: look into the chat before sending it again.'
            : 'It did not arrive.';
        terminal.json({ outcome: outcome.outcome, error: { code, message: `${message}. ${advice}` } });
        terminal.note(`${code}: ${message}. ${advice}`);
        return exitCodeOf(outcome.error);
      }
    }
  };
}
