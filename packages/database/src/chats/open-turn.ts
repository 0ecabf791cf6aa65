import type { ChatKey } from '../model.ts';
import { safeInteger } from '../values.ts';
import type { RunQuery } from '../with-transaction.ts';

/**
 * A turn under a new number, due at once, for messages that are to be answered after all; returns the number to ring
 * for. Under the chat's lock. A composer at work is fenced out, and its messages belong to the new turn.
 */
export async function openTurn(run: RunQuery, { accountId, chatId }: ChatKey): Promise<number> {
  const [row] = await run<{ turn: string }>(
    `update chats
        set turn = turn + 1, composing_turn = null, composing_since = null, updated_at = clock_timestamp(),
            turn_first_at = coalesce(turn_first_at, clock_timestamp()), turn_due_at = clock_timestamp()
      where account_id = $1 and chat_id = $2
      returning turn`,
    [accountId, chatId],
  );
  if (!row) throw new Error('a locked chat is not there');
  return safeInteger(row.turn);
}
