import type { Send, SendStatus } from '../model.ts';
import { type SendRow, toSend } from '../rows.ts';
import type { RunQuery } from '../with-transaction.ts';
import { lockSend, type SendingReply } from './lock-send.ts';
import { findTurnToRing, supersedeReply, type TurnToRing } from './supersede-reply.ts';

export type BegunSend =
  /** The intent is committed and yours alone: POST once, then report the outcome of this attempt. */
  | { kind: 'go'; send: Send }
  /** A person has the chat, or the reply was called back: send nothing. */
  | { kind: 'taken-over' }
  /** A newer message came before anything was sent: another turn answers them all. Ring `composeReply` for `ring`. */
  | { kind: 'superseded'; ring: TurnToRing | undefined }
  /** It is not queued: another worker has it, or it has ended. */
  | { kind: 'already'; status: SendStatus }
  /** An earlier part of the same reply, or another reply of the chat that goes first, has not ended yet. */
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
  const { waitsFor, isSuperseded } = await findObstacles(run, { send, reply, maxWaitMs });
  if (waitsFor !== undefined) return { kind: 'waiting', for: waitsFor };
  if (chat.mode === 'auto' && isSuperseded) {
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

/**
 * What the buyer must read first, or is on its way already, as that of a newer reply is to a draft that waited for the
 * owner; and whether he has written on before anything of the reply can have left. Then one answer to everything is
 * better, unless the oldest of the messages has waited for `maxWaitMs` already.
 */
async function findObstacles(
  run: RunQuery,
  { send, reply, maxWaitMs }: { send: Send; reply: SendingReply; maxWaitMs: number },
): Promise<{ waitsFor: 'part' | 'reply' | undefined; isSuperseded: boolean }> {
  const [row] = await run<{ is_same_reply: boolean | null; is_superseded: boolean | null }>(
    `select (select s.reply_id = $3
               from sends s join replies r on r.id = s.reply_id
              where s.account_id = $1 and s.chat_id = $2
                and ((s.reply_id = $3 and s.part < $4 and s.status <> 'sent')
                     or (r.turn < $5 and s.status = 'queued')
                     or (r.turn <> $5 and s.status in ('sending', 'unknown')))
              limit 1) as is_same_reply,
            exists (select from messages
                     where account_id = $1 and chat_id = $2 and direction = 'in' and decision = 'answer'
                       and reply_id is null)
            and not exists (select from send_attempts a join sends s on s.id = a.send_id
                             where s.reply_id = $3 and a.outcome <> 'not-sent')
            and (select min(received_at) > clock_timestamp() - $6 * interval '1 ms'
                   from messages where reply_id = $3 and direction = 'in') as is_superseded`,
    [send.accountId, send.chatId, reply.replyId, send.part, reply.turn, maxWaitMs],
  );
  const isSameReply = row?.is_same_reply ?? undefined;
  return {
    waitsFor: isSameReply === undefined ? undefined : isSameReply ? 'part' : 'reply',
    isSuperseded: row?.is_superseded === true,
  };
}
