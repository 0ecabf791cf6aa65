import type { Send } from '../model.ts';
import { toJson } from '../values.ts';
import type { RunQuery } from '../with-transaction.ts';
import { lockSend } from './lock-send.ts';
import { settleReply } from './settle-reply.ts';

export type SentMessage = {
  sendId: string;
  avitoMessageId: string;
  /** Avito's clock, where its response told it. */
  createdAt?: Date | undefined;
};

/**
 * Avito answered with an id: the text has left. Whatever was noted meanwhile (an echo that came first, a time-out, a
 * person who took the chat), this is the truth. Safe to repeat.
 */
export async function markSent(
  run: RunQuery,
  { sendId, avitoMessageId, createdAt }: SentMessage,
): Promise<void> {
  const { send } = await lockSend(run, sendId);
  await releaseMessageId(run, { send, avitoMessageId });
  await recordSent(run, { send, avitoMessageId, createdAt });
}

/** Notes the message under the send and in the chat's history. Under the chat's lock. */
export async function recordSent(
  run: RunQuery,
  { send, avitoMessageId, createdAt }: { send: Send; avitoMessageId: string; createdAt?: Date | undefined },
): Promise<void> {
  await run(
    `update sends
        set status = 'sent', avito_message_id = $2, sent_at = coalesce(sent_at, clock_timestamp()),
            updated_at = clock_timestamp(), error_code = null, error_message = null
      where id = $1`,
    [send.sendId, avitoMessageId],
  );
  // The echo may never come; the next turn must know what was said all the same.
  await run(
    `insert into messages (account_id, message_id, chat_id, direction, author_id, author_kind, type, text, content,
                           created_at, decision, decision_reason, reply_id)
     values ($1, $2, $3, 'out', $1, 'us', 'text', $4, $5, coalesce($6, clock_timestamp()), 'ignore', 'our-own', $7)
     on conflict (account_id, message_id) do update
        set author_kind = 'us', decision_reason = 'our-own', reply_id = excluded.reply_id`,
    [
      send.accountId,
      avitoMessageId,
      send.chatId,
      send.text,
      toJson({ text: send.text }),
      createdAt ?? null,
      send.replyId,
    ],
  );
  await run(
    `update chats set last_outbound_at = clock_timestamp(), updated_at = clock_timestamp()
      where account_id = $1 and chat_id = $2`,
    [send.accountId, send.chatId],
  );
  await settleReply(run, send.replyId);
}

/** An echo is matched by its text, so of two sends with the same text the other one may hold this id: it is open again. */
async function releaseMessageId(
  run: RunQuery,
  { send, avitoMessageId }: { send: Send; avitoMessageId: string },
): Promise<void> {
  const released = await run<{ reply_id: string }>(
    `update sends set status = 'unknown', avito_message_id = null, sent_at = null, updated_at = clock_timestamp()
      where account_id = $1 and chat_id = $2 and avito_message_id = $3 and id <> $4
      returning reply_id`,
    [send.accountId, send.chatId, avitoMessageId, send.sendId],
  );
  for (const { reply_id: replyId } of released) {
    await run("update replies set status = 'stored', finished_at = null where id = $1 and status = 'sent'", [
      replyId,
    ]);
  }
}
