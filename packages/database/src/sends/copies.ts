import type { ChatKey } from '../model.ts';
import { safeInteger } from '../values.ts';
import type { RunQuery } from '../with-transaction.ts';
import type { AttemptKey } from './attempts.ts';
import { lockSend } from './lock-send.ts';
import type { SendProblem } from './mark-outcome.ts';

/** A message that says what another one in the chat says already. */
export type Copy = ChatKey & AttemptKey & { messageId: string; sentAt: Date };

type CopyRow = {
  send_id: string;
  attempt: number;
  account_id: string;
  chat_id: string;
  avito_message_id: string;
  created_at: Date;
};

/** The copies of a reply's parts that are to be deleted. */
export async function pendingCopies(run: RunQuery, { replyId }: { replyId: string }): Promise<Copy[]> {
  const rows = await run<CopyRow>(
    `select a.send_id, a.attempt, a.account_id, a.chat_id, a.avito_message_id, m.created_at
       from send_attempts a
       join sends s on s.id = a.send_id
       join messages m on m.account_id = a.account_id and m.message_id = a.avito_message_id
      where s.reply_id = $1 and a.surplus = 'pending'
      order by a.send_id, a.attempt`,
    [replyId],
  );
  return rows.map((row) => ({
    accountId: safeInteger(row.account_id),
    chatId: row.chat_id,
    sendId: row.send_id,
    attempt: row.attempt,
    messageId: row.avito_message_id,
    sentAt: row.created_at,
  }));
}

/** The copy is gone from the chat; the part's row tells the owner that there was one. Safe to repeat. */
export async function markCopyDeleted(run: RunQuery, { sendId, attempt, messageId }: Copy): Promise<void> {
  const { send } = await lockSend(run, sendId);
  await endCopy(run, {
    sendId,
    attempt,
    surplus: 'deleted',
    error: { code: 'send.double-deleted', message: 'arrived twice; the second copy was deleted' },
  });
  await run(
    `update messages set type = 'deleted', text = null, content = '{}', decision_reason = 'our-own-double'
      where account_id = $1 and message_id = $2`,
    [send.accountId, messageId],
  );
}

/** Avito did not let us delete the copy: the buyer sees the text twice, and the part's row says so. Safe to repeat. */
export async function markCopyKept(
  run: RunQuery,
  { sendId, attempt, error }: AttemptKey & { error: SendProblem },
): Promise<void> {
  await lockSend(run, sendId);
  const message = `arrived twice, and the second copy could not be deleted: ${error.message}`;
  await endCopy(run, { sendId, attempt, surplus: 'kept', error: { code: 'send.double-kept', message } });
}

async function endCopy(
  run: RunQuery,
  { sendId, attempt, surplus, error }: AttemptKey & { surplus: 'deleted' | 'kept'; error: SendProblem },
): Promise<void> {
  const ended = await run(
    `update send_attempts set surplus = $3, error_code = $4, error_message = $5, updated_at = clock_timestamp()
      where send_id = $1 and attempt = $2 and surplus = 'pending' returning send_id`,
    [sendId, attempt, surplus, error.code, error.message],
  );
  if (ended.length === 0) return;
  await run('update sends set error_code = $2, error_message = $3 where id = $1', [
    sendId,
    error.code,
    error.message,
  ]);
}
