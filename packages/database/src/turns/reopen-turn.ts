import { lockChat } from '../chats/lock-chat.ts';
import type { ChatKey } from '../model.ts';
import { safeInteger } from '../values.ts';
import type { RunQuery } from '../with-transaction.ts';

/**
 * For the sweeper: gives a turn whose job is gone a new number, due at once, and returns it; undefined when the chat
 * is no longer overdue. The new number is a job id that no finished or failed job holds, and fences out a composer
 * that sleeps somewhere, so `olderThanMs` must exceed the longest silence of one at work: see keepTurn.
 */
export async function reopenTurn(
  run: RunQuery,
  { accountId, chatId, olderThanMs }: ChatKey & { olderThanMs: number },
): Promise<number | undefined> {
  if (!(await lockChat(run, { accountId, chatId }))) return undefined;
  const [row] = await run<{ turn: string }>(
    `update chats
        set turn = turn + 1, composing_turn = null, composing_since = null,
            turn_first_at = coalesce(turn_first_at, clock_timestamp()), turn_due_at = clock_timestamp()
      where account_id = $1 and chat_id = $2 and mode = 'auto'
        and (turn_due_at < clock_timestamp() - $3 * interval '1 ms'
             or composing_since < clock_timestamp() - $3 * interval '1 ms')
      returning turn`,
    [accountId, chatId, olderThanMs],
  );
  return row && safeInteger(row.turn);
}
