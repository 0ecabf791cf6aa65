import type { Pool } from 'pg';
import type { Reply, Send } from '../model.ts';
import { type ReplyRow, type SendRow, toReply, toSend } from '../rows.ts';
import { createRunQuery, withTransaction } from '../with-transaction.ts';
import { beginSend } from './begin-send.ts';
import { confirmByEcho, type Echo } from './confirm-by-echo.ts';
import { markFailed, markNotSent, markUnknown, type SendOutcome } from './mark-outcome.ts';
import { markSent, type SentMessage } from './mark-sent.ts';

/** The life of a send, each step in one transaction under the chat's lock. Every step is safe to run twice. */
export function createSendsRepository(pool: Pool) {
  const run = createRunQuery(pool);
  return {
    /** A reply with its parts in the order in which they must leave. */
    async findReply({ replyId }: { replyId: string }): Promise<{ reply: Reply; sends: Send[] } | undefined> {
      const [row] = await run<ReplyRow>('select * from replies where id = $1', [replyId]);
      if (!row) return undefined;
      const sends = await run<SendRow>('select * from sends where reply_id = $1 order by part', [replyId]);
      return { reply: toReply(row), sends: sends.map(toSend) };
    },
    beginSend: (input: { sendId: string }) => withTransaction(pool, (tx) => beginSend(tx, input)),
    markSent: (input: SentMessage) => withTransaction(pool, (tx) => markSent(tx, input)),
    markNotSent: (input: SendOutcome) => withTransaction(pool, (tx) => markNotSent(tx, input)),
    markUnknown: (input: SendOutcome) => withTransaction(pool, (tx) => markUnknown(tx, input)),
    markFailed: (input: SendOutcome) => withTransaction(pool, (tx) => markFailed(tx, input)),
    confirmByEcho: (echo: Echo) => withTransaction(pool, (tx) => confirmByEcho(tx, echo)),
  };
}
