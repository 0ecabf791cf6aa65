import type { SendStatus } from '../model.ts';
import type { RunQuery } from '../with-transaction.ts';
import { failSend } from './fail-send.ts';
import { lockLook, type LookKey, msSince } from './lock-look.ts';
import type { SendProblem } from './mark-outcome.ts';

const FIRST_WAIT_MS = 2_000;
const LONGEST_WAIT_MS = 60_000;
/** After an hour a copy could not be deleted any more, and the answer is stale: a person takes over. */
const GIVE_UP_MS = 3_600_000;

type PostponeLook = LookKey & {
  error: SendProblem;
  /** What Avito asked for. */
  atLeastMs: number;
};

/**
 * The history could not be read: nothing is known, so nothing is sent again. The waits grow with the time that has
 * passed; after an hour the part fails. Returns the status that holds now.
 */
export async function postponeLook(
  run: RunQuery,
  { sendId, look, error, atLeastMs }: PostponeLook,
): Promise<SendStatus> {
  const locked = await lockLook(run, { sendId, look });
  if ('status' in locked) return locked.status;
  const { send, reply } = locked;
  const ageMs = await msSince(run, send.intentAt);
  if (ageMs < GIVE_UP_MS) {
    const waitMs = Math.min(Math.max(ageMs / 8, FIRST_WAIT_MS), LONGEST_WAIT_MS);
    await run(`update sends set look_at = clock_timestamp() + $2 * interval '1 ms' where id = $1`, [
      sendId,
      Math.max(waitMs, atLeastMs),
    ]);
    return send.status;
  }
  if (send.status === 'sent') {
    await run('update sends set look_at = null where id = $1', [sendId]);
    return 'sent';
  }
  const message = `for an hour nobody could see whether the text arrived; look into the chat. ${error.message}`;
  await failSend(run, { send, reply, error: { code: 'send.history-unreadable', message } });
  return 'failed';
}
