import type { Chat, ChatKey } from '../model.ts';
import { type ChatRow, toChat } from '../rows.ts';
import type { RunQuery } from '../with-transaction.ts';

/**
 * The first statement of every step: whoever holds the chat's row is alone with the chat until the commit.
 * Read other rows only afterwards, or they are older than the lock.
 */
export async function lockChat(run: RunQuery, { accountId, chatId }: ChatKey): Promise<Chat | undefined> {
  const [row] = await run<ChatRow>('select * from chats where account_id = $1 and chat_id = $2 for update', [
    accountId,
    chatId,
  ]);
  return row && toChat(row);
}
