import type { Send, SendStatus } from '../model.ts';
import type { RunQuery } from '../with-transaction.ts';
import { attachMessage } from './attach-message.ts';
import { isExplainedBy, unseenAttempts } from './attempts.ts';
import { failSend } from './fail-send.ts';
import { lockLook, type LookKey } from './lock-look.ts';
import type { LockedSend } from './lock-send.ts';
import { settleReply } from './settle-reply.ts';

/** An outgoing message of the account, as the chat's history shows it. `text` is null for pictures and the like. */
export type HistoryMessage = { messageId: string; text: string | null; createdAt: Date };

type EndLook = LookKey & {
  /** All outgoing messages since the time that beginLook gave, and maybe older ones. */
  messages: readonly HistoryMessage[];
  settleMs: number;
};

export type EndedLook =
  /** The status that holds now: `queued` says that the part is to be sent again. */
  | { kind: 'status'; status: SendStatus }
  /**
   * These are neither ours nor known as an operator's: take them in as his, who then has the chat, and end the look
   * again. Nothing was changed.
   */
  | { kind: 'foreign'; messageIds: string[] };

/** Avito's times are cut to whole seconds. */
const WHOLE_SECOND_MS = 1_000;
const LOOKS_BEFORE_REPEATING = 2;
const MAX_REPETITIONS = 2;

/**
 * What a look into the chat's history says about a part. Found: it is sent. Not found twice, a settle time apart: it is
 * sent again, at most twice, unless it was called back meanwhile; then it fails and a person gets the chat.
 */
export async function endLook(
  run: RunQuery,
  { sendId, look, messages, settleMs }: EndLook,
): Promise<EndedLook> {
  const locked = await lockLook(run, { sendId, look });
  if ('status' in locked) return { kind: 'status', status: locked.status };
  const { send } = locked;
  const unclaimed = await withoutKnown(run, { send, messages });
  const { isFound, foreign } = await attachOurs(run, { send, messages: unclaimed });
  if (send.status === 'sent') {
    await run('update sends set look_at = null where id = $1', [sendId]);
    return { kind: 'status', status: 'sent' };
  }
  if (isFound) return { kind: 'status', status: 'sent' };
  if (foreign.length > 0) return { kind: 'foreign', messageIds: foreign };
  return { kind: 'status', status: await notFound(run, { ...locked, settleMs }) };
}

type Claims = { send: Send; messages: readonly HistoryMessage[] };

/** The oldest first, without what an attempt of ours left or what was judged before. */
async function withoutKnown(run: RunQuery, { send, messages }: Claims): Promise<HistoryMessage[]> {
  const rows = await run<{ message_id: string }>(
    'select message_id from messages where account_id = $1 and message_id = any($2)',
    [send.accountId, messages.map(({ messageId }) => messageId)],
  );
  const known = new Set(rows.map((row) => row.message_id));
  return messages
    .filter(({ messageId }) => !known.has(messageId))
    .toSorted((one, other) => one.createdAt.getTime() - other.createdAt.getTime());
}

async function attachOurs(
  run: RunQuery,
  { send, messages }: Claims,
): Promise<{ isFound: boolean; foreign: string[] }> {
  const unseen = (await unseenAttempts(run, send)).filter((each) => each.send_id === send.sendId);
  const sinceMs = (unseen[0]?.intent_at.getTime() ?? Infinity) - WHOLE_SECOND_MS;
  const foreign: string[] = [];
  let isFound = false;
  for (const { messageId, text, createdAt } of messages) {
    const index = unseen.findIndex((each) =>
      isExplainedBy(each, { text: text ?? '', createdAt, foundBy: 'history' }),
    );
    const [match] = index === -1 ? [] : unseen.splice(index, 1);
    if (match) {
      await attachMessage(run, { send, attempt: match.attempt, messageId, createdAt, foundBy: 'history' });
      isFound = true;
    } else if (createdAt.getTime() >= sinceMs) foreign.push(messageId);
  }
  return { isFound, foreign };
}

/** Counts a look that found nothing, and decides what follows from it. */
async function notFound(
  run: RunQuery,
  { send, reply, settleMs }: LockedSend & { settleMs: number },
): Promise<SendStatus> {
  const { sendId } = send;
  if (send.looks + 1 < LOOKS_BEFORE_REPEATING) {
    await run(
      `update sends set looks = looks + 1, look_at = clock_timestamp() + $2 * interval '1 ms' where id = $1`,
      [sendId, settleMs],
    );
    return 'unknown';
  }
  const isCalledBack = reply.status === 'cancelled';
  if (!isCalledBack && (await repetitions(run, sendId)) >= MAX_REPETITIONS) {
    const message = `sent ${MAX_REPETITIONS + 1} times without an answer, and not to be seen in the chat`;
    await failSend(run, { send, reply, error: { code: 'send.no-trace', message } });
    return 'failed';
  }
  const status = isCalledBack ? 'cancelled' : 'queued';
  await run(
    `update sends set status = $2, looks = 0, look_at = null, updated_at = clock_timestamp() where id = $1`,
    [sendId, status],
  );
  await settleReply(run, send.replyId);
  return status;
}

/** POSTs beyond the first that may have left something. One that certainly did not is no repetition. */
async function repetitions(run: RunQuery, sendId: string): Promise<number> {
  const [row] = await run<{ attempts: number }>(
    `select count(*)::int as attempts from send_attempts where send_id = $1 and outcome <> 'not-sent'`,
    [sendId],
  );
  return (row?.attempts ?? 1) - 1;
}
