import { lockChat } from '../chats/lock-chat.ts';
import type { ChatKey } from '../model.ts';
import { type SendRow, toSend } from '../rows.ts';
import { foldWhiteSpace } from '../values.ts';
import type { RunQuery } from '../with-transaction.ts';
import { recordSent } from './mark-sent.ts';

export type Echo = ChatKey & { messageId: string; text: string | null; createdAt?: Date | undefined };

/**
 * An outgoing message of the account came by webhook: is it ours? By its id, else by its text among the sends that
 * have none yet, because the echo may arrive before the response to our POST. Then the send is proven and marked so.
 */
export async function confirmByEcho(
  run: RunQuery,
  { accountId, chatId, messageId, text, createdAt }: Echo,
): Promise<'ours' | 'operator'> {
  const chat = await lockChat(run, { accountId, chatId });
  if (!chat) return 'operator';
  const known = await run(
    'select 1 from sends where account_id = $1 and chat_id = $2 and avito_message_id = $3',
    [accountId, chatId, messageId],
  );
  if (known.length > 0) return 'ours';
  // A message judged before keeps its judgement: the same text may be in flight again when its event is redelivered.
  const judged = await run('select 1 from messages where account_id = $1 and message_id = $2', [
    accountId,
    messageId,
  ]);
  if (judged.length > 0 || text === null) return 'operator';

  const open = await run<SendRow>(
    `select * from sends
      where account_id = $1 and chat_id = $2 and status in ('sending', 'unknown') and avito_message_id is null
      order by intent_at, part`,
    [accountId, chatId],
  );
  const row = open.find((candidate) => foldWhiteSpace(candidate.text) === foldWhiteSpace(text));
  if (!row) return 'operator';
  await recordSent(run, { send: toSend(row), avitoMessageId: messageId, createdAt });
  return 'ours';
}
