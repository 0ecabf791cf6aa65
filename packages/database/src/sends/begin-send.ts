import type { Send, SendStatus } from '../model.ts';
import type { RunQuery } from '../with-transaction.ts';
import { lockSend } from './lock-send.ts';

export type BegunSend =
  /** The intent is committed and yours alone: POST once, then report the outcome. */
  | { kind: 'go'; send: Send }
  /** A person has the chat, or the reply was called back: send nothing. */
  | { kind: 'taken-over' }
  /** It is not queued: another worker has it, or it has ended. */
  | { kind: 'already'; status: SendStatus }
  /** An earlier part of the same reply has not arrived yet. */
  | { kind: 'waiting'; part: number; status: SendStatus };

/**
 * Commits the intent to send, just before the POST. Of any number of callers exactly one gets `go`. A reply is called
 * back by cancelling it (see giveChatToHuman), so its status says whether it may leave: the text of a hand-off does,
 * although its chat is with a person already.
 */
export async function beginSend(run: RunQuery, { sendId }: { sendId: string }): Promise<BegunSend> {
  const { send, replyStatus } = await lockSend(run, sendId);
  if (send.status === 'cancelled' || (send.status === 'queued' && replyStatus === 'cancelled')) {
    return { kind: 'taken-over' };
  }
  if (send.status !== 'queued') return { kind: 'already', status: send.status };
  const [earlier] = await run<{ part: number; status: SendStatus }>(
    `select part, status from sends where reply_id = $1 and part < $2 and status <> 'sent' order by part limit 1`,
    [send.replyId, send.part],
  );
  if (earlier) return { kind: 'waiting', ...earlier };

  const [row] = await run<{ attempts: number; intent_at: Date }>(
    `update sends
        set status = 'sending', attempts = attempts + 1, intent_at = clock_timestamp(), updated_at = clock_timestamp(),
            error_code = null, error_message = null
      where id = $1
      returning attempts, intent_at`,
    [sendId],
  );
  return {
    kind: 'go',
    send: {
      ...send,
      status: 'sending',
      attempts: row?.attempts ?? send.attempts + 1,
      intentAt: row?.intent_at ?? null,
      errorCode: null,
      errorMessage: null,
    },
  };
}
