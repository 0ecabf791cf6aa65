import type { ChatKey } from '../model.ts';
import { safeInteger } from '../values.ts';
import type { RunQuery } from '../with-transaction.ts';

/**
 * A message that is to be answered opens or prolongs the turn of the locked chat. Drafts are out of date then, and their
 * messages join the turn. clock_timestamp() and not now(): the transaction may have begun long before it got the lock.
 */
export async function joinTurn(
  run: RunQuery,
  { accountId, chatId, quietMs, maxWaitMs }: ChatKey & { quietMs: number; maxWaitMs: number },
): Promise<{ turn: number; delayMs: number }> {
  const [row] = await run<{ turn: string; delay_ms: number }>(
    `with outdated as (
       update replies set status = 'cancelled', finished_at = clock_timestamp()
        where account_id = $1 and chat_id = $2 and status = 'draft' returning id),
     given_back as (
       update messages set reply_id = null
        where account_id = $1 and chat_id = $2 and direction = 'in' and decision = 'answer'
          and reply_id in (select id from outdated)),
     clock as (select clock_timestamp() as now)
     update chats
        set turn_first_at = coalesce(turn_first_at, clock.now),
            turn_due_at = least(clock.now + $3 * interval '1 ms',
                                coalesce(turn_first_at, clock.now) + $4 * interval '1 ms')
       from clock
      where account_id = $1 and chat_id = $2
     returning turn, greatest(0, ceil(extract(epoch from turn_due_at - clock.now) * 1000))::float8 as delay_ms`,
    [accountId, chatId, quietMs, maxWaitMs],
  );
  if (!row) throw new Error('a locked chat is not there');
  return { turn: safeInteger(row.turn), delayMs: row.delay_ms };
}
