import { AppError } from '@avito-autoreply/runtime';
import type { Chat, Reply, ReplyStatus, Send } from '../model.ts';
import { type ChatRow, type SendRow, toChat, toSend } from '../rows.ts';
import { safeInteger } from '../values.ts';
import type { RunQuery } from '../with-transaction.ts';

/** Of a reply what sending needs: its texts and its trace, some kilobytes, are not read for each step. */
export type SendingReply = Pick<Reply, 'replyId' | 'accountId' | 'chatId' | 'turn' | 'status' | 'endReason'>;
export type LockedSend = { chat: Chat; reply: SendingReply; send: Send };

type PartRow = SendRow & { reply_turn: string; reply_status: ReplyStatus; end_reason: string | null };

const PARTS = `select s.*, r.turn as reply_turn, r.status as reply_status, r.end_reason
                 from sends s join replies r on r.id = s.reply_id`;

const toReply = (row: PartRow): SendingReply => ({
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
  return { chat: toChat(chatRow), reply: toReply(row), send: toSend(row) };
}

/** A reply with its parts in the order in which they must leave; undefined for a draft too, which has none. */
export async function findParts(
  run: RunQuery,
  { replyId }: { replyId: string },
): Promise<{ reply: SendingReply; sends: Send[] } | undefined> {
  const rows = await run<PartRow>(`${PARTS} where s.reply_id = $1 order by s.part`, [replyId]);
  const [first] = rows;
  return first && { reply: toReply(first), sends: rows.map(toSend) };
}
