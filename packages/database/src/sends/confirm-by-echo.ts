import { lockChat } from '../chats/lock-chat.ts';
import type { ChatKey } from '../model.ts';
import { type SendRow, toSend } from '../rows.ts';
import type { RunQuery } from '../with-transaction.ts';
import { attachMessage } from './attach-message.ts';
import { findAttemptOfMessage, isExplainedBy, unseenAttempts } from './attempts.ts';

export type Echo = ChatKey & { messageId: string; text: string | null; createdAt?: Date | undefined };

/**
 * An outgoing message of the account came by webhook: is it ours? By its id, else by its text among the attempts whose
 * message nobody has seen yet, because the echo may arrive before the response to our POST, or instead of it. Then the
 * send is proven and marked so; the copy of a part that has arrived already is noted as too many.
 */
export async function confirmByEcho(
  run: RunQuery,
  { accountId, chatId, messageId, text, createdAt }: Echo,
): Promise<'ours' | 'operator'> {
  const chat = await lockChat(run, { accountId, chatId });
  if (!chat) return 'operator';
  if (await findAttemptOfMessage(run, { accountId, chatId, messageId })) return 'ours';
  // A message judged before keeps its judgement: the same text may be in flight again when its event is redelivered.
  const judged = await run('select 1 from messages where account_id = $1 and message_id = $2', [
    accountId,
    messageId,
  ]);
  if (judged.length > 0 || text === null) return 'operator';

  const unseen = await unseenAttempts(run, { accountId, chatId });
  const match = unseen.find((each) => isExplainedBy(each, { text, createdAt, foundBy: 'echo' }));
  const [row] = await run<SendRow>('select * from sends where id = $1', [match?.send_id]);
  if (!match || !row) return 'operator';
  await attachMessage(run, {
    send: toSend(row),
    attempt: match.attempt,
    messageId,
    createdAt,
    foundBy: 'echo',
  });
  return 'ours';
}
