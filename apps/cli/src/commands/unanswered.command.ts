import { reasonText } from '@avito-autoreply/database';
import { createBell } from '../bell.ts';
import { openAccount } from '../open-account.ts';
import { minuteOf } from '../output/minute.ts';
import { oneLine } from '../output/one-line.ts';
import type { Command } from '../run-command.ts';

type Common = { account: number | undefined };

/** What neither the program nor a person has answered. Exit code 1 while there is something. */
export function unansweredList({
  account: wanted,
  limit,
  offset,
}: Common & { limit: number; offset: number }): Command {
  return async (context) => {
    const { terminal } = context;
    const { accountId, decisions } = await openAccount(context, wanted);
    const { total, messages } = await decisions.listUnanswered({ accountId, limit, offset });
    if (total === 0) terminal.line(terminal.style('green', 'Everything is answered.'));
    for (const { messageId, chatId, createdAt, text, type, decisionReason } of messages) {
      terminal.line(`${terminal.style('bold', messageId)}  ${minuteOf(createdAt)}  ${chatId}`);
      terminal.line(`  ${oneLine(text ?? `[${type}]`)}`);
      terminal.line(`  ${terminal.style('gray', `${reasonText(decisionReason)} (${decisionReason})`)}`);
    }
    if (total > messages.length) terminal.line(`${messages.length} of ${total}; see --limit and --skip`);
    const explained = messages.map((each) => ({ ...each, reasonText: reasonText(each.decisionReason) }));
    terminal.json({ accountId, total, messages: explained });
    return total === 0 ? 0 : 1;
  };
}

/** Has a message answered automatically after all, however old it is. */
export function unansweredAnswer({ messageId, account: wanted }: Common & { messageId: string }): Command {
  return async (context) => {
    const { terminal } = context;
    const { accountId, decisions } = await openAccount(context, wanted);
    const result = await decisions.answerAfterAll({ accountId, messageId });
    if (result.outcome === 'asked') await createBell(context).compose(result);
    terminal.line(
      result.outcome === 'asked'
        ? `${terminal.style('green', 'will be answered')}, and chat ${result.chatId} is automatic from here on`
        : 'nothing to do: it is being answered, or is answered',
    );
    terminal.json({ accountId, messageId, chatId: result.chatId, outcome: result.outcome });
    return 0;
  };
}

export function unansweredDismiss({ messageId, account: wanted }: Common & { messageId: string }): Command {
  return async (context) => {
    const { terminal } = context;
    const { accountId, decisions } = await openAccount(context, wanted);
    const { chatId } = await decisions.dismissMessage({ accountId, messageId });
    terminal.line('dismissed: it is off the list');
    terminal.json({ accountId, messageId, chatId, outcome: 'dismissed' });
    return 0;
  };
}
