import { giveChatToHuman } from '../chats/hand-off.ts';
import type { Send } from '../model.ts';
import type { RunQuery } from '../with-transaction.ts';
import type { SendingReply } from './lock-send.ts';
import type { SendProblem } from './mark-outcome.ts';
import { settleReply } from './settle-reply.ts';

/**
 * A part will not be sent any more: the parts after it are cancelled, the reply ends as failed, and the chat goes to a
 * person in the same transaction, so that no crash leaves a buyer without anybody. Under the chat's lock.
 */
export async function failSend(
  run: RunQuery,
  { send, reply, error }: { send: Send; reply: SendingReply; error: SendProblem },
): Promise<void> {
  await run(
    `update sends
        set status = 'failed', error_code = $2, error_message = $3, look_at = null, updated_at = clock_timestamp()
      where id = $1`,
    [send.sendId, error.code, error.message],
  );
  await run(
    `update sends set status = 'cancelled', updated_at = clock_timestamp() where reply_id = $1 and status = 'queued'`,
    [send.replyId],
  );
  await settleReply(run, send.replyId);
  // A reply that was called back has its person already, who may have given the chat back since.
  if (reply.status === 'stored') await giveChatToHuman(run, { ...send, reason: error.code });
}
