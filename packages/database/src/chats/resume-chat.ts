import type { Chat, ChatKey } from '../model.ts';
import { type ChatRow, toChat } from '../rows.ts';
import type { RunQuery } from '../with-transaction.ts';

/** Back to automatic, from the next message on: what was held meanwhile stays held. Undefined for an unknown chat. */
export async function resumeChat(run: RunQuery, { accountId, chatId }: ChatKey): Promise<Chat | undefined> {
  const [row] = await run<ChatRow>(
    `update chats
        set mode = 'auto', mode_reason = null, updated_at = clock_timestamp(),
            mode_changed_at = case when mode = 'auto' then mode_changed_at else clock_timestamp() end
      where account_id = $1 and chat_id = $2
      returning *`,
    [accountId, chatId],
  );
  return row && toChat(row);
}
