import type { Send, SendStatus } from '../model.ts';
import type { RunQuery } from '../with-transaction.ts';
import { deriveSend } from './attach-message.ts';
import { type AttemptKey, closeAttempt } from './attempts.ts';
import { failSend } from './fail-send.ts';
import { lockSend } from './lock-send.ts';
import { settleReply } from './settle-reply.ts';

/** Why a send did not go as hoped: a stable code and a text for the owner. */
export type SendProblem = { code: string; message: string };
export type SendOutcome = AttemptKey & { error: SendProblem };

/** A sender that slept through it may report when another attempt has long been made: then only its own is noted. */
const isLatest = (send: Send, attempt: number): boolean => send.attempts === attempt;

/**
 * The text certainly did not leave by this attempt: queued again, or cancelled when its reply was called back
 * meanwhile. Returns the status that holds now: an echo may have proved the opposite.
 */
export async function markNotSent(
  run: RunQuery,
  { sendId, attempt, error }: SendOutcome,
): Promise<SendStatus> {
  const { send, reply } = await lockSend(run, sendId);
  await closeAttempt(run, { sendId, attempt, outcome: 'not-sent', error });
  const isOpen = send.status === 'sending' || send.status === 'unknown';
  if (send.status === 'sent') await deriveSend(run, sendId);
  if (!isOpen || !isLatest(send, attempt)) return send.status;
  const status = reply.status === 'cancelled' ? 'cancelled' : 'queued';
  await run(
    `update sends
        set status = $2, error_code = $3, error_message = $4, looks = 0, look_at = null, updated_at = clock_timestamp()
      where id = $1`,
    [sendId, status, error.code, error.message],
  );
  if (status === 'cancelled') await settleReply(run, send.replyId);
  return status;
}

/**
 * Nobody can say whether the text left: the chat's history is to be read after `settleMs`. Returns the status that
 * holds now.
 */
export async function markUnknown(
  run: RunQuery,
  { sendId, attempt, error, settleMs }: SendOutcome & { settleMs: number },
): Promise<SendStatus> {
  const { send } = await lockSend(run, sendId);
  await closeAttempt(run, { sendId, attempt, outcome: 'unknown', error });
  // A sleeper's text may have left after its copies were looked for.
  if (send.status === 'sent') await deriveSend(run, sendId);
  if (send.status !== 'sending' || !isLatest(send, attempt)) return send.status;
  await run(
    `update sends
        set status = 'unknown', error_code = $2, error_message = $3, looks = 0,
            look_at = clock_timestamp() + $4 * interval '1 ms', updated_at = clock_timestamp()
      where id = $1`,
    [sendId, error.code, error.message, settleMs],
  );
  return 'unknown';
}

/**
 * The text did not leave and will not: see failSend. Returns the status that holds now; what was sent or cancelled
 * stays so.
 */
export async function markFailed(
  run: RunQuery,
  { sendId, attempt, error }: SendOutcome,
): Promise<SendStatus> {
  const { send, reply } = await lockSend(run, sendId);
  await closeAttempt(run, { sendId, attempt, outcome: 'not-sent', error });
  const hasEnded = send.status === 'sent' || send.status === 'cancelled' || send.status === 'failed';
  if (hasEnded || !isLatest(send, attempt)) return send.status;
  await failSend(run, { send, reply, error });
  return 'failed';
}
