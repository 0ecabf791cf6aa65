import type { ChatKey } from '../model.ts';
import type { RunQuery } from '../with-transaction.ts';
import { purposeful } from './hand-off.ts';
import { lockChat } from './lock-chat.ts';
import { openTurn } from './open-turn.ts';
import { resumeChat } from './resume-chat.ts';

export type ReturnToAuto = ChatKey & {
  /** The silence of the person who has the chat. */
  afterMs: number;
  /** Older messages stay with the owner. */
  maxAgeMs: number;
};

export type ReturnedToAuto = {
  returned: boolean;
  /** Messages wait: ring `composeReply` for this turn. */
  turn?: number;
};

/**
 * Gives a chat back to automatic answers when no person has written in it for that long. What the buyer wrote since the
 * person's last word, and is not too old, is answered; what came before it stays on the owner's list. A chat that was
 * stopped on purpose stays stopped.
 */
export async function returnToAuto(
  run: RunQuery,
  { accountId, chatId, afterMs, maxAgeMs }: ReturnToAuto,
): Promise<ReturnedToAuto> {
  const chat = await lockChat(run, { accountId, chatId });
  if (chat?.mode !== 'human' || purposeful.includes(chat.modeReason ?? '')) return { returned: false };
  const [silent] = await run(
    `select 1 from chats
      where account_id = $1 and chat_id = $2 and mode_changed_at < clock_timestamp() - $3 * interval '1 ms'`,
    [accountId, chatId, afterMs],
  );
  if (!silent) return { returned: false };
  await resumeChat(run, chat);
  const waiting = await run(
    `update messages set decision = 'answer', decision_reason = 'returned-to-auto'
      where account_id = $1 and chat_id = $2 and direction = 'in' and author_kind = 'buyer' and reply_id is null
        and decision = 'hold' and decision_reason = 'human-has-the-chat'
        and received_at >= $3 and created_at >= clock_timestamp() - $4 * interval '1 ms'
        and created_at >= coalesce((select max(o.created_at) from messages o
                                     where o.account_id = $1 and o.chat_id = $2 and o.author_kind = 'operator'),
                                   '-infinity')
      returning message_id`,
    [accountId, chatId, chat.modeChangedAt, maxAgeMs],
  );
  return waiting.length === 0 ? { returned: true } : { returned: true, turn: await openTurn(run, chat) };
}
