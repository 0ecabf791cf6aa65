import { safeIntegerOrNull, storableText, toJson } from '../values.ts';
import type { RunQuery } from '../with-transaction.ts';
import type { NewMessage } from './take-in-message.ts';

/**
 * Stores a message unless it is there, or was erased, or was written before its chat or author was erased. Under the
 * chat's lock, and a statement of its own: one that waited for the lock would not see an erasure that it waited for.
 */
export async function insertMessage(
  run: RunQuery,
  message: NewMessage,
): Promise<{ isInserted: boolean; isErased: boolean }> {
  const column = message.direction === 'in' ? 'last_inbound_at' : 'last_outbound_at';
  const [row] = await run<{ is_inserted: boolean; is_erased: boolean }>(
    `with erased as (
       select exists (
         select from erasure_marks
          where account_id = $1
            and (hash = erasure_hash($1, 'message', $2)
                 or (hash in (erasure_hash($1, 'chat', $3), erasure_hash($1, 'author', $14))
                     and $11 < date_trunc('second', erased_at)))) as it),
     inserted as (
       insert into messages (account_id, message_id, chat_id, direction, author_id, author_kind, type, text, content,
                             item_id, created_at, decision, decision_reason)
       select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13 from erased where not it
       on conflict (account_id, message_id) do nothing
       returning message_id),
     noted as (
       update chats set ${column} = clock_timestamp(), updated_at = clock_timestamp()
        where account_id = $1 and chat_id = $3 and exists (select from inserted))
     select it as is_erased, exists (select from inserted) as is_inserted from erased`,
    [
      message.accountId,
      message.messageId,
      message.chatId,
      message.direction,
      safeIntegerOrNull(message.authorId),
      message.authorKind,
      message.type,
      message.text === null ? null : storableText(message.text),
      toJson(message.content),
      safeIntegerOrNull(message.itemId),
      message.createdAt,
      message.decision,
      message.reason,
      String(safeIntegerOrNull(message.authorId)),
    ],
  );
  if (!row) throw new Error('a select without a table returned nothing');
  return { isInserted: row.is_inserted, isErased: row.is_erased };
}
