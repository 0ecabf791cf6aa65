import type { Pool } from 'pg';
import type { Reply, Send } from '../model.ts';
import { type ReplyRow, type SendRow, toReply, toSend } from '../rows.ts';
import { createRunQuery, type RunQuery, withTransaction } from '../with-transaction.ts';
import { beginLook } from './begin-look.ts';
import { beginSend } from './begin-send.ts';
import { confirmByEcho } from './confirm-by-echo.ts';
import { markCopyDeleted, markCopyKept, pendingCopies } from './copies.ts';
import { endLook } from './end-look.ts';
import { findParts } from './lock-send.ts';
import { markFailed, markNotSent, markUnknown } from './mark-outcome.ts';
import { markSent } from './mark-sent.ts';
import { postponeLook } from './postpone-look.ts';

/** The life of a send, each step in one transaction under the chat's lock. Every step is safe to run twice. */
export function createSendsRepository(pool: Pool) {
  const run = createRunQuery(pool);
  const inTransaction =
    <Input, Result>(step: (tx: RunQuery, input: Input) => Promise<Result>) =>
    (input: Input): Promise<Result> =>
      withTransaction(pool, (tx) => step(tx, input));

  return {
    /** A reply with its parts in the order in which they must leave. */
    async findReply({ replyId }: { replyId: string }): Promise<{ reply: Reply; sends: Send[] } | undefined> {
      const [row] = await run<ReplyRow>('select * from replies where id = $1', [replyId]);
      if (!row) return undefined;
      const sends = await run<SendRow>('select * from sends where reply_id = $1 order by part', [replyId]);
      return { reply: toReply(row), sends: sends.map(toSend) };
    },
    /** The same as far as sending needs it, and only where there is something to send. */
    findParts: (input: { replyId: string }) => findParts(run, input),
    /**
     * When the oldest message that a reply answers was written, and how long ago that is. By Avito's clock, which counts
     * the time in the queue too, or by ours where that says more. `unreadSince`: all that was written in the account before
     * then is stored, as far as is known.
     */
    async findWait({
      replyId,
    }: {
      replyId: string;
    }): Promise<{ since: Date; unreadSince: Date; waitedMs: number }> {
      const [row] = await run<{ since: Date; unread_since: Date; waited_ms: number }>(
        `select since, extract(epoch from clock_timestamp() - since)::float8 * 1000 as waited_ms,
                least(since, (select watermark from polls join replies r using (account_id) where r.id = $1)) as unread_since
           from (select coalesce((select min(least(created_at, received_at)) from messages
                                   where reply_id = $1 and direction = 'in'),
                                 (select created_at from replies where id = $1), clock_timestamp()) as since) as wait`,
        [replyId],
      );
      if (!row) throw new Error('a select without a table returned nothing');
      return { since: row.since, unreadSince: row.unread_since, waitedMs: row.waited_ms };
    },
    beginSend: inTransaction(beginSend),
    markSent: inTransaction(markSent),
    markNotSent: inTransaction(markNotSent),
    markUnknown: inTransaction(markUnknown),
    markFailed: inTransaction(markFailed),
    confirmByEcho: inTransaction(confirmByEcho),
    beginLook: inTransaction(beginLook),
    endLook: inTransaction(endLook),
    postponeLook: inTransaction(postponeLook),
    pendingCopies: (input: { replyId: string }) => pendingCopies(run, input),
    markCopyDeleted: inTransaction(markCopyDeleted),
    markCopyKept: inTransaction(markCopyKept),
  };
}
