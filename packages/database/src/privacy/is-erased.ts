import type { ChatKey } from '../model.ts';
import type { RunQuery } from '../with-transaction.ts';

/** The row that was made for a refused message to lock; what is written anew keeps its chat. */
export async function dropEmptyChat(run: RunQuery, { accountId, chatId }: ChatKey): Promise<void> {
  await run(
    `delete from chats where account_id = $1 and chat_id = $2
        and not exists (select 1 from messages where account_id = $1 and chat_id = $2)
        and not exists (select 1 from replies where account_id = $1 and chat_id = $2)`,
    [accountId, chatId],
  );
}

/** True for a chat that was ever erased, whatever came later. */
export async function wasErased(run: RunQuery, { accountId, chatId }: ChatKey): Promise<boolean> {
  const rows = await run(
    "select 1 from erasure_marks where account_id = $1 and hash = erasure_hash($1, 'chat', $2)",
    [accountId, chatId],
  );
  return rows.length > 0;
}
