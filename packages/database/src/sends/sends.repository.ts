import type { Pool } from 'pg';
import type { Reply, Send } from '../model.ts';
import { type ReplyRow, type SendRow, toReply, toSend } from '../rows.ts';
import { createRunQuery, type RunQuery, withTransaction } from '../with-transaction.ts';
import { findAttemptOfMessage } from './attempts.ts';
import { beginLook } from './begin-look.ts';
import { beginSend } from './begin-send.ts';
import { confirmByEcho, type Echo } from './confirm-by-echo.ts';
import { markCopyDeleted, markCopyKept, pendingCopies } from './copies.ts';
import { endLook } from './end-look.ts';
import { findParts } from './find-parts.ts';
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
    /** The same as far as sending needs it, and how long the buyer waits; only where there is something to send. */
    findParts: (input: { replyId: string }) => findParts(run, input),
    beginSend: inTransaction(beginSend),
    markSent: inTransaction(markSent),
    markNotSent: inTransaction(markNotSent),
    markUnknown: inTransaction(markUnknown),
    markFailed: inTransaction(markFailed),
    // Mostly the response was here before its echo: then nothing is to be done, and the chat need not be locked for it.
    confirmByEcho: async (echo: Echo): Promise<'ours' | 'operator'> =>
      (await findAttemptOfMessage(run, echo))
        ? 'ours'
        : withTransaction(pool, (tx) => confirmByEcho(tx, echo)),
    beginLook: inTransaction(beginLook),
    endLook: inTransaction(endLook),
    postponeLook: inTransaction(postponeLook),
    pendingCopies: (input: { replyId: string }) => pendingCopies(run, input),
    markCopyDeleted: inTransaction(markCopyDeleted),
    markCopyKept: inTransaction(markCopyKept),
  };
}
