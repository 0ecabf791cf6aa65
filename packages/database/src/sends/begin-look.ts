import type { Send, SendStatus } from '../model.ts';
import type { RunQuery } from '../with-transaction.ts';
import { type AttemptRow, closeAttempt } from './attempts.ts';
import { isToBeLookedFor, msSince } from './lock-look.ts';
import { lockSend } from './lock-send.ts';

export type BegunLook =
  /** Read the chat's history back to `since`, then report with endLook, or with postponeLook when it is unreadable. */
  | { kind: 'look'; send: Send; look: number; since: Date }
  /** Too early; come back after `delayMs`. */
  | { kind: 'wait'; delayMs: number }
  /** There is nothing to look for. */
  | { kind: 'over'; status: SendStatus };

type BeginLook = {
  sendId: string;
  /** This long after its intent no POST is under way any more: it began in time or never. */
  postBoundMs: number;
  settleMs: number;
};

/**
 * Is it time to look into the history for this part? By the database's clock. A part that has been `sending` for too
 * long belongs to a process that died or sleeps: from here on its outcome is unknown.
 */
export async function beginLook(
  run: RunQuery,
  { sendId, postBoundMs, settleMs }: BeginLook,
): Promise<BegunLook> {
  const { send } = await lockSend(run, sendId);
  if (send.status === 'sending') {
    const leftMs = Math.ceil(postBoundMs - (await msSince(run, send.intentAt)));
    if (leftMs > 0) return { kind: 'wait', delayMs: leftMs };
    await giveUpWaiting(run, { send, settleMs });
    return { kind: 'wait', delayMs: settleMs };
  }
  if (!isToBeLookedFor(send)) return { kind: 'over', status: send.status };
  const leftMs = Math.ceil(-(await msSince(run, send.lookAt)));
  if (leftMs > 0) return { kind: 'wait', delayMs: leftMs };
  return { kind: 'look', send, look: send.looks, since: await firstUnseenIntent(run, send) };
}

async function giveUpWaiting(
  run: RunQuery,
  { send, settleMs }: { send: Send; settleMs: number },
): Promise<void> {
  const { sendId, attempts: attempt } = send;
  const error = {
    code: 'send.crashed',
    message: 'the process ended between the intent to send and the outcome',
  };
  await closeAttempt(run, { sendId, attempt, outcome: 'unknown', error });
  await run(
    `update sends
        set status = 'unknown', error_code = $2, error_message = $3, looks = 0,
            look_at = clock_timestamp() + $4 * interval '1 ms', updated_at = clock_timestamp()
      where id = $1`,
    [sendId, error.code, error.message, settleMs],
  );
}

async function firstUnseenIntent(run: RunQuery, { sendId, intentAt }: Send): Promise<Date> {
  const [row] = await run<Pick<AttemptRow, 'intent_at'>>(
    `select intent_at from send_attempts
      where send_id = $1 and outcome <> 'not-sent' and avito_message_id is null order by intent_at limit 1`,
    [sendId],
  );
  return row?.intent_at ?? intentAt ?? new Date(0);
}
