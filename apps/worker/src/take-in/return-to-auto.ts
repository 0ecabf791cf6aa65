import type { Chat, ChatKey, Repositories } from '@avito-autoreply/database';
import { composeReply, type Queues } from '@avito-autoreply/queue';
import type { Logger } from '@avito-autoreply/runtime';
import type { SettingsOf } from '../reply-settings.ts';

type ReturnToAutoDeps = {
  chats: Pick<Repositories['chats'], 'returnToAuto' | 'silentChats'>;
  queues: Pick<Queues, 'enqueue'>;
  settingsOf: SettingsOf;
  logger: Logger;
};

/** Chats in which a person has been silent for the account's time come back to automatic answers. */
export function createReturnToAuto({ chats, queues, settingsOf, logger }: ReturnToAutoDeps) {
  const giveBack = async (key: ChatKey, afterMs: number): Promise<boolean> => {
    const { accountId, chatId } = key;
    const { maxAgeMs } = settingsOf(accountId);
    const { returned, turn } = await chats.returnToAuto({ accountId, chatId, afterMs, maxAgeMs });
    if (returned) logger.info('the chat is back to automatic: nobody wrote', { accountId, chatId });
    if (turn !== undefined) await queues.enqueue(composeReply, { accountId, chatId, turn });
    return returned;
  };

  return {
    /** Before a message of the chat is judged; true when the chat is automatic from now on. */
    ofChat: async (chat: Chat): Promise<boolean> => {
      const { returnToAutoAfterMs } = settingsOf(chat.accountId).policy;
      if (chat.mode !== 'human' || returnToAutoAfterMs === 0) return false;
      return giveBack(chat, returnToAutoAfterMs);
    },

    /** For the sweep: a buyer who waits should not have to write again. */
    ofAccounts: async (accountIds: readonly number[]): Promise<void> => {
      for (const accountId of accountIds) {
        const { returnToAutoAfterMs: afterMs } = settingsOf(accountId).policy;
        if (afterMs === 0) continue;
        for (const key of await chats.silentChats({ accountId, afterMs })) await giveBack(key, afterMs);
      }
    },
  };
}
