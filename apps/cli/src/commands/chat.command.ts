import type { Chat, ChatKey, ChatReplyMode, Repositories } from '@avito-autoreply/database';
import { AppError } from '@avito-autoreply/runtime';
import { openAccount } from '../open-account.ts';
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
