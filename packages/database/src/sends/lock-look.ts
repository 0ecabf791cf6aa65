import type { Send, SendStatus } from '../model.ts';
import type { RunQuery } from '../with-transaction.ts';
import { lockSend, type LockedSend } from './lock-send.ts';

/** One read of the chat's history on behalf of a part. */
export type LookKey = { sendId: string; /** The number of fruitless looks before it. */ look: number };

/** Unknown, or sent by a repetition whose first copy may still show. */
export const isToBeLookedFor = ({ status, lookAt }: Send): boolean =>
  status === 'unknown' || (status === 'sent' && lookAt !== null);

/** By the database's clock; negative before `at`. */
export async function msSince(run: RunQuery, at: Date | null): Promise<number> {
  if (at === null) return Infinity;
  const [row] = await run<{ ms: number }>(
    'select (extract(epoch from clock_timestamp() - $1::timestamptz) * 1000)::float8 as ms',
    [at],
  );
  return row?.ms ?? 0;
}

/** Locks the send for the end of a look that was begun; `status` when somebody else has ended this look since. */
export async function lockLook(
  run: RunQuery,
  { sendId, look }: LookKey,
): Promise<LockedSend | { status: SendStatus }> {
  const locked = await lockSend(run, sendId);
  const { send } = locked;
  const isCurrent = isToBeLookedFor(send) && send.looks === look && (await msSince(run, send.lookAt)) >= 0;
  return isCurrent ? locked : { status: send.status };
}
