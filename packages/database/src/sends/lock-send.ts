import { AppError } from '@avito-autoreply/runtime';
import { lockChat } from '../chats/lock-chat.ts';
import type { ReplyStatus, Send } from '../model.ts';
import { type SendRow, toSend } from '../rows.ts';
import type { RunQuery } from '../with-transaction.ts';

export type LockedSend = { send: Send; replyStatus: ReplyStatus };

/** Locks the chat of a send, then reads the send. Throws `database.unknown-send`. */
export async function lockSend(run: RunQuery, sendId: string): Promise<LockedSend> {
  // The chat of a send never changes, so it may be read before the lock.
  const [owner] = await run<SendRow>('select * from sends where id = $1', [sendId]);
  if (!owner) throw new AppError(`there is no send ${sendId}`, { code: 'database.unknown-send' });
  const { accountId, chatId } = toSend(owner);
  await lockChat(run, { accountId, chatId });
  const [row] = await run<SendRow & { reply_status: ReplyStatus }>(
    `select s.*, r.status as reply_status from sends s join replies r on r.id = s.reply_id where s.id = $1`,
    [sendId],
  );
  if (!row) throw new AppError(`send ${sendId} was deleted meanwhile`, { code: 'database.unknown-send' });
  return { send: toSend(row), replyStatus: row.reply_status };
}
