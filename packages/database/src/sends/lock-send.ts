import { AppError } from '@avito-autoreply/runtime';
import { lockChat } from '../chats/lock-chat.ts';
import type { Chat, Reply, Send } from '../model.ts';
import { type ReplyRow, type SendRow, toReply, toSend } from '../rows.ts';
import type { RunQuery } from '../with-transaction.ts';

export type LockedSend = { chat: Chat; reply: Reply; send: Send };

const unknownSend = (sendId: string): AppError =>
  new AppError(`there is no send ${sendId}`, { code: 'database.unknown-send' });

/** Locks the chat of a send, then reads the send and its reply. Throws `database.unknown-send`. */
export async function lockSend(run: RunQuery, sendId: string): Promise<LockedSend> {
  // The chat of a send never changes, so it may be read before the lock.
  const [owner] = await run<SendRow>('select * from sends where id = $1', [sendId]);
  const chat = owner && (await lockChat(run, toSend(owner)));
  const [sendRow] = await run<SendRow>('select * from sends where id = $1', [sendId]);
  const [replyRow] = await run<ReplyRow>('select * from replies where id = $1', [sendRow?.reply_id]);
  if (!chat || !sendRow || !replyRow) throw unknownSend(sendId);
  return { chat, reply: toReply(replyRow), send: toSend(sendRow) };
}
