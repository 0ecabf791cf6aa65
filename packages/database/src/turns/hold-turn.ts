import { lockChat } from '../chats/lock-chat.ts';
import type { ChatKey } from '../model.ts';
import type { RunQuery } from '../with-transaction.ts';
import { endTurn } from './store-reply.ts';

export type HoldTurn = ChatKey & {
  turn: number;
  /** Those of the claim. */
  messageIds: readonly string[];
  reason: string;
};

/** Ends a claimed turn without a reply: its messages stay with the owner. False when another turn has taken them. */
export async function holdTurn(
  run: RunQuery,
  { accountId, chatId, turn, messageIds, reason }: HoldTurn,
): Promise<boolean> {
  const chat = await lockChat(run, { accountId, chatId });
  if (chat?.composingTurn !== turn) return false;
  await run(
    `update messages set decision = case when author_kind = 'avito' then 'ignore' else 'hold' end, decision_reason = $4
      where account_id = $1 and chat_id = $2 and message_id = any($3)
        and direction = 'in' and decision = 'answer' and reply_id is null`,
    [accountId, chatId, messageIds, reason],
  );
  await endTurn(run, { accountId, chatId });
  return true;
}
