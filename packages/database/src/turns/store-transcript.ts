import { lockChat } from '../chats/lock-chat.ts';
import type { ChatKey } from '../model.ts';
import { storableText } from '../values.ts';
import type { RunQuery } from '../with-transaction.ts';

/** What a voice message says or an image shows. The first text wins; a message that was erased gets none. */
export async function storeTranscript(
  run: RunQuery,
  { accountId, chatId, messageId, transcript }: ChatKey & { messageId: string; transcript: string },
): Promise<void> {
  await lockChat(run, { accountId, chatId });
  await run(
    'update messages set transcript = $3 where account_id = $1 and message_id = $2 and transcript is null',
    [accountId, messageId, storableText(transcript)],
  );
}
