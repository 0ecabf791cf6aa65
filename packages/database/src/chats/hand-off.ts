import type { ChatKey } from '../model.ts';
import type { RunQuery } from '../with-transaction.ts';

/** Reasons of a person who wants silence, and of breakers: the chat comes back only when somebody says so. */
export const purposeful = ['paused', 'pause-phrase', 'repeat-breaker', 'loop-breaker'];

/**
 * Gives a locked chat to a person. Nothing of ours may leave any more: the turn ends, texts that are still queued are
 * cancelled (one that is being sent cannot be called back), and what waited for an answer is held for the owner.
 */
export async function giveChatToHuman(
  run: RunQuery,
  { accountId, chatId, reason }: ChatKey & { reason: string },
): Promise<void> {
  await run(
    `update chats
        set mode = 'human', mode_changed_at = clock_timestamp(), updated_at = clock_timestamp(),
            -- Who stopped the chat on purpose is not overruled by what comes later.
            mode_reason = case when mode = 'human' and mode_reason = any($4) then mode_reason else $3 end,
            composing_turn = null, composing_since = null, turn_first_at = null, turn_due_at = null
      where account_id = $1 and chat_id = $2`,
    [accountId, chatId, reason, purposeful],
  );
  await holdUnanswered(run, { accountId, chatId, reason });
  await cancelReplies(run, { accountId, chatId, reason });
}

/** After this nothing of the chat waits for an automatic answer, so a later return to automatic brings no stale ones. */
export async function holdUnanswered(
  run: RunQuery,
  { accountId, chatId, reason }: ChatKey & { reason: string },
): Promise<void> {
  await run(
    `update messages set decision = 'hold', decision_reason = $3
      where account_id = $1 and chat_id = $2 and direction = 'in' and decision = 'answer' and reply_id is null`,
    [accountId, chatId, reason],
  );
}

async function cancelReplies(
  run: RunQuery,
  { accountId, chatId, reason }: ChatKey & { reason: string },
): Promise<void> {
  await run(
    `update replies set status = 'cancelled', end_reason = $3, finished_at = clock_timestamp()
      where account_id = $1 and chat_id = $2 and status in ('draft', 'stored')`,
    [accountId, chatId, reason],
  );
  await run(
    `update sends set status = 'cancelled', updated_at = clock_timestamp()
      where account_id = $1 and chat_id = $2 and status = 'queued'`,
    [accountId, chatId],
  );
}
