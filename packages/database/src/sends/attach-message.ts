import type { Send, SendStatus } from '../model.ts';
import { toJson } from '../values.ts';
import type { RunQuery } from '../with-transaction.ts';
import type { AttemptKey, AttemptRow, FoundBy, Surplus } from './attempts.ts';
import { settleReply } from './settle-reply.ts';

/** After a repetition: time for a first copy that Avito stored late to show in the history. */
const COPY_CHECK_MS = 60_000;
/** A part whose message turned out to be another part's. */
const REOPENED_LOOK_MS = 20_000;

/** Whatever is noted about a message goes along when it turns out to be another attempt's. */
type Found = { messageId: string; foundBy: FoundBy | null; surplus: Surplus | null };

export const foundIn = (row: AttemptRow | undefined): Found | undefined =>
  row?.avito_message_id
    ? { messageId: row.avito_message_id, foundBy: row.found_by, surplus: row.surplus }
    : undefined;

/** Notes which message an attempt left; undefined takes it away again. Under the chat's lock; then call deriveSend. */
export async function setMessage(
  run: RunQuery,
  { sendId, attempt }: AttemptKey,
  found: Found | undefined,
): Promise<void> {
  await run(
    `update send_attempts
        set avito_message_id = $3, found_by = $4, surplus = $5, outcome = $6, updated_at = clock_timestamp()
      where send_id = $1 and attempt = $2`,
    [
      sendId,
      attempt,
      found?.messageId ?? null,
      found?.foundBy ?? null,
      found?.surplus ?? null,
      found ? 'sent' : 'unknown',
    ],
  );
}

/** A message of the chat is the work of this attempt: its part has arrived. Under the chat's lock. */
export async function attachMessage(
  run: RunQuery,
  {
    send,
    attempt,
    createdAt,
    ...found
  }: {
    send: Send;
    attempt: number;
    messageId: string;
    foundBy: FoundBy;
    createdAt?: Date | undefined;
  },
): Promise<void> {
  await setMessage(run, { sendId: send.sendId, attempt }, { ...found, surplus: null });
  await rememberMessage(run, { send, messageId: found.messageId, createdAt });
  await deriveSend(run, send.sendId);
}

/** The echo may never come; the next turn must know what was said all the same. */
export async function rememberMessage(
  run: RunQuery,
  { send, messageId, createdAt }: { send: Send; messageId: string; createdAt?: Date | undefined },
): Promise<void> {
  await run(
    `with remembered as (
       insert into messages (account_id, message_id, chat_id, direction, author_id, author_kind, type, text, content,
                             created_at, decision, decision_reason, reply_id)
       values ($1, $2, $3, 'out', $1, 'us', 'text', $4, $5, coalesce($6, clock_timestamp()), 'ignore', 'our-own', $7)
       on conflict (account_id, message_id) do update
          set author_kind = 'us', decision_reason = 'our-own', reply_id = excluded.reply_id)
     update chats set last_outbound_at = clock_timestamp(), updated_at = clock_timestamp()
      where account_id = $1 and chat_id = $3`,
    [
      send.accountId,
      messageId,
      send.chatId,
      send.text,
      toJson({ text: send.text }),
      createdAt ?? null,
      send.replyId,
    ],
  );
}

type SendState = { reply_id: string; status: SendStatus; known_message_id: string | null };

/**
 * Brings a send in line with the messages of its attempts: with one it is sent, any further one is a copy too many,
 * and one that has lost its only message is open again.
 */
export async function deriveSend(run: RunQuery, sendId: string): Promise<void> {
  const attempts = await run<AttemptRow & SendState>(
    `select a.*, s.reply_id, s.status, s.avito_message_id as known_message_id
       from sends s join send_attempts a on a.send_id = s.id where s.id = $1 order by a.attempt`,
    [sendId],
  );
  const [send] = attempts;
  if (!send) return;
  const found = attempts.filter((each) => each.avito_message_id !== null && each.surplus !== 'deleted');
  const kept = found.find((each) => each.avito_message_id === send.known_message_id) ?? found[0];
  if (kept) {
    const mayHaveCopies = attempts.some(
      (each) => each.avito_message_id === null && each.outcome !== 'not-sent',
    );
    await keep(run, { sendId, kept, mayHaveCopies });
  } else if (send.status === 'sent') await reopen(run, { sendId, replyId: send.reply_id });
  await settleReply(run, send.reply_id);
}

async function keep(
  run: RunQuery,
  { sendId, kept, mayHaveCopies }: { sendId: string; kept: AttemptRow; mayHaveCopies: boolean },
): Promise<void> {
  await run(
    `with kept as (
       update send_attempts set surplus = case when attempt = $5 then null else coalesce(surplus, 'pending') end
        where send_id = $1 and avito_message_id is not null)
     update sends
        set status = 'sent', avito_message_id = $2, sent_at = coalesce(sent_at, clock_timestamp()),
            updated_at = clock_timestamp(), looks = 0,
            error_code = case when status = 'sent' then error_code end,
            error_message = case when status = 'sent' then error_message end,
            look_at = case when $3 then clock_timestamp() + $4 * interval '1 ms' end
      where id = $1`,
    [sendId, kept.avito_message_id, mayHaveCopies, COPY_CHECK_MS, kept.attempt],
  );
}

async function reopen(run: RunQuery, { sendId, replyId }: Pick<Send, 'sendId' | 'replyId'>): Promise<void> {
  await run(
    `update sends
        set status = 'unknown', avito_message_id = null, sent_at = null, updated_at = clock_timestamp(), looks = 0,
            look_at = clock_timestamp() + $2 * interval '1 ms'
      where id = $1`,
    [sendId, REOPENED_LOOK_MS],
  );
  await run("update replies set status = 'stored', finished_at = null where id = $1 and status = 'sent'", [
    replyId,
  ]);
}
