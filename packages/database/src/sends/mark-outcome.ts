import type { Send, SendStatus } from '../model.ts';
import type { RunQuery } from '../with-transaction.ts';
import { lockSend } from './lock-send.ts';
import { settleReply } from './settle-reply.ts';

/** Why a send did not go as hoped: a stable code and a text for the owner. */
export type SendProblem = { code: string; message: string };
export type SendOutcome = { sendId: string; error: SendProblem };

/**
 * The text certainly did not leave: queued again, or cancelled when its reply was called back meanwhile.
 * Returns the status that holds now: an echo may have proved the opposite.
 */
export async function markNotSent(run: RunQuery, { sendId, error }: SendOutcome): Promise<SendStatus> {
  const { send, replyStatus } = await lockSend(run, sendId);
  if (send.status !== 'sending' && send.status !== 'unknown') return send.status;
  const status = replyStatus === 'cancelled' ? 'cancelled' : 'queued';
  await note(run, { send, status, error });
  if (status === 'cancelled') await settleReply(run, send.replyId);
  return status;
}

/** Nobody can say whether the text left. Returns the status that holds now. */
export async function markUnknown(run: RunQuery, { sendId, error }: SendOutcome): Promise<SendStatus> {
  const { send } = await lockSend(run, sendId);
  if (send.status !== 'sending') return send.status;
  await note(run, { send, status: 'unknown', error });
  return 'unknown';
}

/**
 * The text did not leave and will not: the parts after it are cancelled and the reply ends as failed.
 * Returns the status that holds now; what was sent or cancelled stays so.
 */
export async function markFailed(run: RunQuery, { sendId, error }: SendOutcome): Promise<SendStatus> {
  const { send } = await lockSend(run, sendId);
  if (send.status === 'sent' || send.status === 'cancelled') return send.status;
  await note(run, { send, status: 'failed', error });
  await run(
    `update sends set status = 'cancelled', updated_at = clock_timestamp() where reply_id = $1 and status = 'queued'`,
    [send.replyId],
  );
  await settleReply(run, send.replyId);
  return 'failed';
}

async function note(
  run: RunQuery,
  { send, status, error }: { send: Send; status: SendStatus; error: SendProblem },
): Promise<void> {
  await run(
    `update sends set status = $2, error_code = $3, error_message = $4, updated_at = clock_timestamp() where id = $1`,
    [send.sendId, status, error.code, error.message],
  );
}
