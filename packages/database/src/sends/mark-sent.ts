import { type SendRow, toSend } from '../rows.ts';
import type { RunQuery } from '../with-transaction.ts';
import { attachMessage, deriveSend, foundIn, rememberMessage, setMessage } from './attach-message.ts';
import {
  type AttemptKey,
  type AttemptRow,
  findOwnAndHolder,
  isExplainedBy,
  unseenAttempts,
} from './attempts.ts';
import { lockSend, type LockedSend } from './lock-send.ts';

export type SentMessage = AttemptKey & {
  avitoMessageId: string;
  /** Avito's clock, where its response told it. */
  createdAt?: Date | undefined;
};

/**
 * Avito answered with an id: the text has left. Whatever was noted meanwhile (an echo that came first, a time-out, a
 * person who took the chat), this is the truth. Safe to repeat. Where another copy stands in the chat already, this
 * one is noted as too many: see pendingCopies.
 */
export async function markSent(
  run: RunQuery,
  { sendId, attempt, avitoMessageId: messageId, createdAt }: SentMessage,
): Promise<void> {
  const { send } = await lockSend(run, sendId);
  const { own, holder } = await findOwnAndHolder(run, { ...send, attempt, messageId });
  if (own?.avito_message_id === messageId) return;
  await passOn(run, { send, own, holder });
  await attachMessage(run, { send, attempt, messageId, createdAt, foundBy: 'response' });
}

type PassOn = { send: LockedSend['send']; own: AttemptRow | undefined; holder: AttemptRow | undefined };

/**
 * Echoes are matched by their text, so of equal texts each may have got the other's message. Whoever held ours gets
 * what we held instead.
 */
async function passOn(run: RunQuery, { send, own, holder }: PassOn): Promise<void> {
  const held = foundIn(own);
  const taker = holder ?? (held ? await anotherExplanation(run, { send, own }) : undefined);
  if (own && held) await setMessage(run, { sendId: own.send_id, attempt: own.attempt }, undefined);
  if (!taker) return;
  const takerKey = { sendId: taker.send_id, attempt: taker.attempt };
  await setMessage(run, takerKey, held);
  if (taker.send_id === send.sendId) return;
  // Until each has been told anew which message is its own, neither may hold one that the other needs.
  await run('update sends set avito_message_id = null where id = any($1)', [[taker.send_id, send.sendId]]);
  const [row] = await run<SendRow>('select * from sends where id = $1', [taker.send_id]);
  if (row && held) await rememberMessage(run, { send: toSend(row), messageId: held.messageId });
  await deriveSend(run, taker.send_id);
}

async function anotherExplanation(
  run: RunQuery,
  { send, own }: Omit<PassOn, 'holder'>,
): Promise<AttemptRow | undefined> {
  const unseen = await unseenAttempts(run, send);
  return unseen.find(
    (each) =>
      (each.send_id !== own?.send_id || each.attempt !== own.attempt) &&
      isExplainedBy(each, { text: send.text, createdAt: undefined, foundBy: 'echo' }),
  );
}
