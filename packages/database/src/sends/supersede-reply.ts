import type { ChatKey } from '../model.ts';
import { safeInteger } from '../values.ts';
import type { RunQuery } from '../with-transaction.ts';
import type { SendingReply } from './lock-send.ts';

export type TurnToRing = { turn: number; delayMs: number };

/**
 * Calls the reply back: its messages are unanswered again, and the turn that is being collected takes them along. A
 * composition that knows only the newer ones is fenced out by a new number.
 */
export async function supersedeReply(
  run: RunQuery,
  { reply, maxWaitMs }: { reply: SendingReply; maxWaitMs: number },
): Promise<void> {
  const { replyId, accountId, chatId } = reply;
  await run(
    `update replies set status = 'cancelled', end_reason = 'superseded', finished_at = clock_timestamp() where id = $1`,
    [replyId],
  );
  await run(
    `update sends set status = 'cancelled', updated_at = clock_timestamp() where reply_id = $1 and status = 'queued'`,
    [replyId],
  );
  await run(
    `with given_back as (
       update messages set reply_id = null where reply_id = $3 and direction = 'in' returning received_at),
     first as (select coalesce(min(received_at), clock_timestamp()) as at from given_back)
     update chats
        set turn = case when composing_turn is null then turn else turn + 1 end,
            composing_turn = null, composing_since = null,
            turn_first_at = least(coalesce(turn_first_at, first.at), first.at),
            turn_due_at = least(coalesce(turn_due_at, clock_timestamp()), first.at + $4 * interval '1 ms'),
            updated_at = clock_timestamp()
       from first
      where account_id = $1 and chat_id = $2`,
    [accountId, chatId, replyId, maxWaitMs],
  );
}

/** The turn that now waits for its bell; undefined when it was claimed or ended meanwhile. */
export async function findTurnToRing(
  run: RunQuery,
  { accountId, chatId }: ChatKey,
): Promise<TurnToRing | undefined> {
  const [row] = await run<{ turn: string; delay_ms: number }>(
    `select turn, greatest(0, ceil(extract(epoch from turn_due_at - clock_timestamp()) * 1000))::float8 as delay_ms
       from chats where account_id = $1 and chat_id = $2 and turn_due_at is not null`,
    [accountId, chatId],
  );
  return row && { turn: safeInteger(row.turn), delayMs: row.delay_ms };
}
