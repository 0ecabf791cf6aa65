import { AppError } from '@avito-autoreply/runtime';
import type { ChatKey, Message } from '../model.ts';
import { type MessageRow, toMessage } from '../rows.ts';
import type { RunQuery } from '../with-transaction.ts';
import { lockChat } from './lock-chat.ts';
import { openTurn } from './open-turn.ts';
import { resumeChat } from './resume-chat.ts';

/** Of a reply `r`, which may be missing. */
const REPLY_IS_NO_ANSWER = `
  coalesce(r.status in ('failed', 'cancelled') or (r.status = 'sent' and r.action = 'handoff'), false)`;

/**
 * A buyer's message that nobody answered: it was held, its reply did not leave or only called a person; and no
 * operator has written since. `m` is the message, `r` its reply.
 */
const IS_UNANSWERED = `
  m.direction = 'in' and m.author_kind = 'buyer'
  and (m.decision in ('hold', 'handoff')
       or (m.decision = 'answer' and (${REPLY_IS_NO_ANSWER})))
  and not exists (select 1 from messages o
                   where o.account_id = m.account_id and o.chat_id = m.chat_id and o.author_kind = 'operator'
                     and o.decision_reason not in ('resume-phrase', 'pause-phrase')
                     and o.created_at >= m.created_at and o.received_at >= m.received_at)`;

const COLUMNS = `m.*, case when m.decision <> 'answer' then m.decision_reason
  when r.status = 'failed' then 'send-failed' when r.status = 'cancelled' then 'send-withdrawn'
  else coalesce(r.reason, 'handed-off') end as decision_reason`;

type Page = { accountId: number; chatId?: string | undefined; limit: number; offset: number };

/** The newest first, each with the reason why it was not answered. */
export async function listUnanswered(
  run: RunQuery,
  { accountId, chatId, limit, offset }: Page,
): Promise<{ total: number; messages: Message[] }> {
  const [count] = await run<{ total: number }>(
    `select count(*)::int as total from messages m left join replies r on r.id = m.reply_id
      where m.account_id = $1 and ($2::text is null or m.chat_id = $2) and ${IS_UNANSWERED}`,
    [accountId, chatId ?? null],
  );
  const rows = await run<MessageRow>(
    `select ${COLUMNS} from messages m left join replies r on r.id = m.reply_id
      where m.account_id = $1 and ($2::text is null or m.chat_id = $2) and ${IS_UNANSWERED}
      order by m.received_at desc, m.message_id limit $3 offset $4`,
    [accountId, chatId ?? null, limit, offset],
  );
  return { total: count?.total ?? 0, messages: rows.map(toMessage) };
}

type MessageKey = { accountId: number; messageId: string };
type LockedMessage = {
  message: Message;
  /** It waits for its answer, or has one. */
  isInHand: boolean;
  /** Nobody knows whether an earlier answer arrived. */
  isOpen: boolean;
};

/** Locks the message's chat, then reads the message with what became of its reply. Throws `message.unknown`. */
async function lockMessage(run: RunQuery, { accountId, messageId }: MessageKey): Promise<LockedMessage> {
  const read = () =>
    run<MessageRow & { is_in_hand: boolean; is_open: boolean }>(
      `select m.*, m.decision = 'answer' and not (${REPLY_IS_NO_ANSWER}) as is_in_hand,
              exists (select 1 from sends s
                       where s.reply_id = m.reply_id and s.status in ('sending', 'unknown')) as is_open
         from messages m left join replies r on r.id = m.reply_id
        where m.account_id = $1 and m.message_id = $2 and m.direction = 'in' and m.author_kind = 'buyer'`,
      [accountId, messageId],
    );
  const unknown = () =>
    new AppError(`account ${accountId} has no message ${messageId} of a buyer`, { code: 'message.unknown' });
  // The chat of a message never changes, so it may be read before the lock.
  const [before] = await read();
  if (!before) throw unknown();
  await lockChat(run, toMessage(before));
  const [row] = await read();
  if (!row) throw unknown();
  return { message: toMessage(row), isInHand: row.is_in_hand, isOpen: row.is_open };
}

export type AnswerAfterAll =
  /** Ring `composeReply` for the turn. */
  | (ChatKey & { outcome: 'asked'; turn: number })
  /** It waits for its answer, or has it; nothing was changed. */
  | (ChatKey & { outcome: 'in-hand' });

/**
 * The owner wants an automatic answer after all, however old the message is and whatever the hour. A chat that a person
 * has comes back to automatic with it. Safe to repeat. Throws `message.unknown`, and `message.outcome-open` while nobody
 * knows whether an earlier answer arrived.
 */
export async function answerAfterAll(run: RunQuery, key: MessageKey): Promise<AnswerAfterAll> {
  const { message, isInHand, isOpen } = await lockMessage(run, key);
  const { accountId, chatId, messageId } = message;
  if (isOpen) {
    throw new AppError(
      `an answer to message ${messageId} may have arrived: look into chat ${chatId} before answering again`,
      { code: 'message.outcome-open' },
    );
  }
  if (isInHand) return { outcome: 'in-hand', accountId, chatId };
  await run(
    `update messages set decision = 'answer', decision_reason = 'asked-by-owner', reply_id = null
      where account_id = $1 and message_id = $2`,
    [accountId, messageId],
  );
  await resumeChat(run, message);
  return { outcome: 'asked', accountId, chatId, turn: await openTurn(run, message) };
}

/** The owner needs no answer here. Safe to repeat. Throws `message.unknown`, and `message.in-hand` while it is answered. */
export async function dismissMessage(run: RunQuery, key: MessageKey): Promise<Message> {
  const { message, isInHand } = await lockMessage(run, key);
  if (message.decision === 'ignore') return message;
  if (isInHand) {
    throw new AppError(`message ${message.messageId} is being answered, or is answered already`, {
      code: 'message.in-hand',
    });
  }
  await run(
    `update messages set decision = 'ignore', decision_reason = 'dismissed-by-owner'
      where account_id = $1 and message_id = $2`,
    [message.accountId, message.messageId],
  );
  return { ...message, decision: 'ignore', decisionReason: 'dismissed-by-owner' };
}
