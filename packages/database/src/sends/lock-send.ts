import { AppError } from '@avito-autoreply/runtime';
import type { Chat, Reply, Send } from '../model.ts';
import { type ChatRow, type ReplyRow, type SendRow, toChat, toReply, toSend } from '../rows.ts';
import type { RunQuery } from '../with-transaction.ts';

export type LockedSend = { chat: Chat; reply: Reply; send: Send };

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
  const [sendRow] = await run<SendRow>('select * from sends where id = $1', [sendId]);
  const [replyRow] = await run<ReplyRow>('select * from replies where id = $1', [sendRow?.reply_id]);
  if (!chatRow || !sendRow || !replyRow) throw unknownSend(sendId);
  return { chat: toChat(chatRow), reply: toReply(replyRow), send: toSend(sendRow) };
}
