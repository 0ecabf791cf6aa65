import type { Chat, ChatKey, ChatReplyMode, Repositories } from '@avito-autoreply/database';
import { AppError } from '@avito-autoreply/runtime';
import { openAccount } from '../open-account.ts';
import { minuteOf } from '../output/minute.ts';
import { tableLines } from '../output/table.ts';
import type { Command } from '../run-command.ts';

type ChatInput = { chatId: string; account: number | undefined };
type Chats = Repositories['chats'];

function change(
  { chatId, account: wanted }: ChatInput,
  step: (chats: Chats, key: ChatKey) => Promise<Chat | undefined>,
): Command {
  return async (context) => {
    const { terminal } = context;
    const { accountId, chats } = await openAccount(context, wanted);
    const chat = await step(chats, { accountId, chatId });
    if (chat === undefined) {
      throw new AppError(`no message of chat ${chatId} has reached us for account ${accountId}`, {
        code: 'chat.unknown',
      });
    }
    const { mode, modeReason, replyMode } = chat;
    terminal.line(
      mode === 'human'
        ? `a person has chat ${chatId} (${modeReason}): nothing is answered automatically`
        : `chat ${chatId} is automatic; replies: ${replyMode ?? "as the account's settings say"}`,
    );
    terminal.json({ accountId, chatId, mode, modeReason, replyMode });
    return 0;
  };
}

export const chatPause = (input: ChatInput): Command => change(input, (chats, key) => chats.pauseChat(key));
export const chatResume = (input: ChatInput): Command => change(input, (chats, key) => chats.resumeChat(key));
export const chatMode = (input: ChatInput & { replyMode: ChatReplyMode | null }): Command =>
  change(input, (chats, key) => chats.setReplyMode({ ...key, replyMode: input.replyMode }));

/** Chats that the catch-up poll cannot read. Exit code 1 while there are any. */
export function chatUnread({ account: wanted }: { account: number | undefined }): Command {
  return async (context) => {
    const { terminal } = context;
    const { accountId, polls } = await openAccount(context, wanted);
    const unread = await polls.unreadChats({ accountId });
    if (unread.length === 0) terminal.line(terminal.style('green', 'Avito lets us read all chats.'));
    const rows = unread.map(({ chatId, since, failedSince, problem }) => [
      terminal.style('red', chatId),
      problem,
      `since ${minuteOf(failedSince)}, nothing known from ${minuteOf(since)} on but what webhooks bring`,
    ]);
    for (const line of tableLines(rows)) terminal.line(line);
    terminal.json({ accountId, unread });
    return unread.length === 0 ? 0 : 1;
  };
}
