import type { ChatKey, SendStatus } from '../model.ts';
import { foldWhiteSpace } from '../values.ts';
import type { RunQuery } from '../with-transaction.ts';
import type { SendProblem } from './mark-outcome.ts';

export type FoundBy = 'response' | 'echo' | 'history';
export type Surplus = 'pending' | 'deleted' | 'kept';

/** One POST of one part. With `avito_message_id` it is known which message it left. */
export type AttemptRow = {
  send_id: string;
  attempt: number;
  intent_at: Date;
  outcome: 'open' | 'sent' | 'not-sent' | 'unknown';
  avito_message_id: string | null;
  found_by: FoundBy | null;
  surplus: Surplus | null;
};
export type AttemptKey = { sendId: string; attempt: number };

/** Avito's clock and the database's may differ by this much. Avito counts in whole seconds. */
const CLOCK_SKEW_MS = 120_000;
/** A request that Avito took may be carried out late, but not later than this. */
const LATE_STORE_MS = 600_000;

/** An attempt by its number, and the one that the message is known to be the work of; they may be the same. */
export async function findOwnAndHolder(
  run: RunQuery,
  { sendId, attempt, accountId, chatId, messageId }: AttemptKey & ChatKey & { messageId: string },
): Promise<{ own: AttemptRow | undefined; holder: AttemptRow | undefined }> {
  const rows = await run<AttemptRow>(
    `select * from send_attempts where send_id = $1 and attempt = $2
      union all
     select * from send_attempts where account_id = $3 and chat_id = $4 and avito_message_id = $5`,
    [sendId, attempt, accountId, chatId, messageId],
  );
  return {
    own: rows.find((row) => row.send_id === sendId && row.attempt === attempt),
    holder: rows.find((row) => row.avito_message_id === messageId),
  };
}

export async function findAttemptOfMessage(
  run: RunQuery,
  { accountId, chatId, messageId }: ChatKey & { messageId: string },
): Promise<AttemptRow | undefined> {
  const [row] = await run<AttemptRow>(
    'select * from send_attempts where account_id = $1 and chat_id = $2 and avito_message_id = $3',
    [accountId, chatId, messageId],
  );
  return row;
}

/** What the sender was told. A message that was found meanwhile says more, and stays. */
export async function closeAttempt(
  run: RunQuery,
  { sendId, attempt, outcome, error }: AttemptKey & { outcome: 'not-sent' | 'unknown'; error: SendProblem },
): Promise<void> {
  await run(
    `update send_attempts
        set outcome = $3, error_code = $4, error_message = $5, updated_at = clock_timestamp()
      where send_id = $1 and attempt = $2 and avito_message_id is null and outcome in ('open', 'unknown')`,
    [sendId, attempt, outcome, error.code, error.message],
  );
}

/** An attempt that may have left a message which nobody has seen yet. */
export type UnseenAttempt = AttemptRow & { text: string; status: SendStatus };

/** The oldest first; those of parts whose outcome is open before the others. */
export async function unseenAttempts(
  run: RunQuery,
  { accountId, chatId }: ChatKey,
): Promise<UnseenAttempt[]> {
  return run<UnseenAttempt>(
    `select a.*, s.text, s.status from send_attempts a join sends s on s.id = a.send_id
      where a.account_id = $1 and a.chat_id = $2 and a.outcome <> 'not-sent' and a.avito_message_id is null
      order by s.status in ('sending', 'unknown') desc, a.intent_at, s.part`,
    [accountId, chatId],
  );
}

/** May this message of the chat be the work of that attempt? */
export function isExplainedBy(
  { text, status, intent_at: intentAt }: Pick<UnseenAttempt, 'text' | 'status' | 'intent_at'>,
  message: { text: string; createdAt: Date | undefined; foundBy: FoundBy },
): boolean {
  if (foldWhiteSpace(text) !== foldWhiteSpace(message.text)) return false;
  const lateByMs = (message.createdAt?.getTime() ?? Date.now()) - intentAt.getTime();
  const isOpen = status === 'sending' || status === 'unknown';
  // News that come in while we wait for them are believed whatever the clocks say. The history holds old messages as
  // well; and of a part that has arrived already, a second copy will be deleted: it had better not be a person's.
  if (isOpen && message.foundBy !== 'history') return true;
  if (lateByMs < -CLOCK_SKEW_MS) return false;
  return isOpen || lateByMs <= LATE_STORE_MS + CLOCK_SKEW_MS;
}
