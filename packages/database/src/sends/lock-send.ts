import { AppError } from '@avito-autoreply/runtime';
import type { Chat, Reply, ReplyStatus, Send } from '../model.ts';
import { type ChatRow, type SendRow, toChat, toSend } from '../rows.ts';
import { safeInteger } from '../values.ts';
import type { RunQuery } from '../with-transaction.ts';

/** Of a reply what sending needs: its texts and its trace, some kilobytes, are not read for each step. */
export type SendingReply = Pick<Reply, 'replyId' | 'accountId' | 'chatId' | 'turn' | 'status' | 'endReason'>;
export type LockedSend = { chat: Chat; reply: SendingReply; send: Send };

export type PartRow = SendRow & { reply_turn: string; reply_status: ReplyStatus; end_reason: string | null };

export const PARTS = `select s.*, r.turn as reply_turn, r.status as reply_status, r.end_reason
                 from sends s join replies r on r.id = s.reply_id`;

export const toSendingReply = (row: PartRow): SendingReply => ({
  replyId: row.reply_id,
  accountId: safeInteger(row.account_id),
  chatId: row.chat_id,
  turn: safeInteger(row.reply_turn),
  status: row.reply_status,
  endReason: row.end_reason,
});

const unknownSend = (sendId: string): AppError =>
  new AppError(`there is no send ${sendId}`, { code: 'database.unknown-send' });

/** Locks the chat of a send, then reads the send and its reply. Throws `database.unknown-send`. */
export async function lockSend(run: RunQuery, sendId: string): Promise<LockedSend> {
  // The chat of a send never changes, so it may be read before the lock, as lockChat would take it.
  const [chatRow] = await run<ChatRow>(
    `select c.* from sends s join chats c on c.account_id = s.account_id and c.chat_id = s.chat_id
      where s.id = $1 for update of c`,
    [sendId],
  );
  const [row] = await run<PartRow>(`${PARTS} where s.id = $1`, [sendId]);
  if (!chatRow || !row) throw unknownSend(sendId);
  return { chat: toChat(chatRow), reply: toSendingReply(row), send: toSend(row) };
}
