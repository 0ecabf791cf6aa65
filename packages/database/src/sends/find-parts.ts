import type { Send } from '../model.ts';
import { toSend } from '../rows.ts';
import type { RunQuery } from '../with-transaction.ts';
import { PARTS, type PartRow, type SendingReply, toSendingReply } from './lock-send.ts';

/**
 * When the oldest message that a reply answers was written, and how long ago that is. By Avito's clock, which counts the
 * time in the queue too, or by ours where that says more. `unreadSince`: all that was written in the chat before then is
 * stored, as far as is known.
 */
export type Wait = { since: Date; unreadSince: Date; waitedMs: number };

type Row = PartRow & { since: Date; unread_since: Date; waited_ms: number };

/** A reply with its parts in the order in which they must leave; undefined for a draft too, which has none. */
export async function findParts(
  run: RunQuery,
  { replyId }: { replyId: string },
): Promise<{ reply: SendingReply; sends: Send[]; wait: Wait } | undefined> {
  const rows = await run<Row>(
    `select part.*, since, extract(epoch from clock_timestamp() - since)::float8 * 1000 as waited_ms,
            least(since, (select watermark from polls where account_id = part.account_id),
                  (select since from unread_chats as unread
                    where unread.account_id = part.account_id and unread.chat_id = part.chat_id)) as unread_since
       from (${PARTS} where s.reply_id = $1) as part,
            (select coalesce((select min(least(created_at, received_at)) from messages
                               where reply_id = $1 and direction = 'in'),
                             (select created_at from replies where id = $1)) as since) as wait
      order by part.part`,
    [replyId],
  );
  const [first] = rows;
  if (!first) return undefined;
  const { since, unread_since: unreadSince, waited_ms: waitedMs } = first;
  return { reply: toSendingReply(first), sends: rows.map(toSend), wait: { since, unreadSince, waitedMs } };
}
