import type { RunQuery } from '../with-transaction.ts';

/** Ends a reply whose parts have all ended; while one of them is open the reply stays as it is. */
export async function settleReply(run: RunQuery, replyId: string): Promise<void> {
  await run(
    `with parts as (
       select bool_or(status in ('queued', 'sending', 'unknown')) as open,
              bool_or(status = 'failed') as failed,
              bool_or(status = 'cancelled') as cancelled
         from sends where reply_id = $1)
     update replies
        set status = case when parts.failed then 'failed' when parts.cancelled then 'cancelled' else 'sent' end,
            finished_at = clock_timestamp()
       from parts
      where id = $1 and not parts.open`,
    [replyId],
  );
}
