import type { Send, SendStatus } from '../model.ts';
import { type SendRow, toSend } from '../rows.ts';
import type { RunQuery } from '../with-transaction.ts';
import { lockSend, type SendingReply } from './lock-send.ts';
import { findTurnToRing, isSuperseded, supersedeReply, type TurnToRing } from './supersede-reply.ts';

export type BegunSend =
  /** The intent is committed and yours alone: POST once, then report the outcome of this attempt. */
  | { kind: 'go'; send: Send }
  /** A person has the chat, or the reply was called back: send nothing. */
  | { kind: 'taken-over' }
  /** A newer message came before anything was sent: another turn answers them all. Ring `composeReply` for `ring`. */
  | { kind: 'superseded'; ring: TurnToRing | undefined }
  /** It is not queued: another worker has it, or it has ended. */
  | { kind: 'already'; status: SendStatus }
  /** An earlier part of the same reply, or an earlier reply of the chat, has not ended yet. */
  | { kind: 'waiting'; for: 'part' | 'reply' };

/**
 * Commits the intent to send, just before the POST. Of any number of callers exactly one gets `go`, and in a chat only
 * one part is on its way at a time. A reply is called back by cancelling it (see giveChatToHuman), so its status says
 * whether it may leave: the text of a hand-off does, although its chat is with a person already.
 */
export async function beginSend(
  run: RunQuery,
  { sendId, maxWaitMs }: { sendId: string; maxWaitMs: number },
): Promise<BegunSend> {
  const { chat, reply, send } = await lockSend(run, sendId);
  const isCancelled =
    send.status === 'cancelled' || (send.status === 'queued' && reply.status === 'cancelled');
  if (isCancelled) {
    if (reply.endReason !== 'superseded') return { kind: 'taken-over' };
    return { kind: 'superseded', ring: await findTurnToRing(run, chat) };
  }
  if (send.status !== 'queued') return { kind: 'already', status: send.status };
  const waitsFor = await findOpenBefore(run, { send, reply });
  if (waitsFor !== undefined) return { kind: 'waiting', for: waitsFor };
  if (chat.mode === 'auto' && (await isSuperseded(run, { reply, maxWaitMs }))) {
    await supersedeReply(run, { reply, maxWaitMs });
    return { kind: 'superseded', ring: await findTurnToRing(run, chat) };
  }
  const [row] = await run<SendRow>(
    // The attempt is committed together with the intent: it exists before its POST does.
    `with begun as (
       update sends
          set status = 'sending', attempts = attempts + 1, intent_at = clock_timestamp(), updated_at = clock_timestamp(),
              error_code = null, error_message = null, looks = 0, look_at = null
        where id = $1
        returning *),
     attempt as (
       insert into send_attempts (send_id, attempt, account_id, chat_id)
       select id, attempts, account_id, chat_id from begun)
     select * from begun`,
    [sendId],
  );
  if (!row) throw new Error('an update of a locked row returned nothing');
  return { kind: 'go', send: toSend(row) };
}

/** What the buyer must read first. */
async function findOpenBefore(
  run: RunQuery,
  { send, reply }: { send: Send; reply: SendingReply },
): Promise<'part' | 'reply' | undefined> {
  const [earlier] = await run<{ same_reply: boolean }>(
    `select s.reply_id = $3 as same_reply
       from sends s join replies r on r.id = s.reply_id
      where s.account_id = $1 and s.chat_id = $2
        and ((s.reply_id = $3 and s.part < $4 and s.status <> 'sent')
             or (r.turn < $5 and s.status in ('queued', 'sending', 'unknown')))
      limit 1`,
    [send.accountId, send.chatId, reply.replyId, send.part, reply.turn],
  );
  if (!earlier) return undefined;
  return earlier.same_reply ? 'part' : 'reply';
}
