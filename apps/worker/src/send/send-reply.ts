import type { AvitoClient } from '@avito-autoreply/avito';
import type { Repositories, Send, SendStatus } from '@avito-autoreply/database';
import { DelayJob, type Handler, type Queues, type sendReply } from '@avito-autoreply/queue';
import { type Clock, type Logger, withLogContext } from '@avito-autoreply/runtime';
import type { z } from 'zod';
import type { SettingsOf } from '../reply-settings.ts';
import { createTakeInOutgoing } from '../take-in/take-in-outgoing.ts';
import { createDeleteCopies } from './delete-copies.ts';
import { createLateLook, type LookWhenLate } from './late-look.ts';
import { createPostPart } from './post-part.ts';
import { POST_TIMEOUT_MS, type SendTiming, START_WITHIN_MS } from './send-timing.ts';
import { createSettlePart } from './settle-part.ts';
import { startStopwatch } from './stopwatch.ts';

export type SendingClient = Pick<AvitoClient, 'sendText' | 'eachMessage' | 'deleteMessage'>;

/** What one run of the job works with. */
type Errand = { avito: SendingClient; lookWhenLate: LookWhenLate };

type SendDeps = {
  repositories: Pick<Repositories, 'chats' | 'turns' | 'sends' | 'polls'>;
  clientOf: (accountId: number) => SendingClient;
  queues: Pick<Queues, 'enqueue'>;
  settingsOf: SettingsOf;
  /** From an unknown outcome to the first look into the history, and between two looks. */
  settleMs: number;
  /** Shorter ones for tests. */
  timing?: Omit<SendTiming, 'settleMs'>;
  clock: Clock;
  logger: Logger;
};

/**
 * Sends the parts of a reply in their order. Per part: commit the intent, POST once, store the outcome. What certainly
 * did not arrive is retried by the queue; what may have arrived is looked for in the chat before anything else. The
 * whole machine: docs/delivery.md.
 */
export function createSendReply({
  repositories: { chats, turns, sends, polls },
  clientOf,
  queues,
  settingsOf,
  settleMs,
  timing: bounds = { startWithinMs: START_WITHIN_MS, postTimeoutMs: POST_TIMEOUT_MS },
  clock,
  logger,
}: SendDeps): Handler<z.output<typeof sendReply.schema>> {
  const timing = { ...bounds, settleMs };
  const postPart = createPostPart({ sends, queues, settingsOf, timing, clock, logger });
  const takeInOutgoing = createTakeInOutgoing({ turns, sends, settingsOf, logger });
  const settlePart = createSettlePart({ sends, takeInOutgoing, timing, clock, logger });
  const lateLook = createLateLook({ polls, takeInOutgoing, logger });
  const deleteCopies = createDeleteCopies({ sends, clock, logger });

  /** Takes the part on until it is sent, or will not be. Throws while that is open. */
  const finishPart = async (send: Send, { avito, lookWhenLate }: Errand): Promise<SendStatus> => {
    switch (send.status) {
      case 'sent':
      case 'failed':
        return send.status;
      case 'sending':
      case 'unknown':
        return finishPart({ ...send, status: await settlePart(send, avito) }, { avito, lookWhenLate });
      case 'queued': {
        await lookWhenLate(avito);
        const status = await postPart(send, avito);
        return status === 'cancelled' ? status : finishPart({ ...send, status }, { avito, lookWhenLate });
      }
      case 'cancelled':
        // Superseded by a worker that may have died before it rang for the new turn.
        return postPart(send, avito);
    }
  };

  const finishReply = async (parts: readonly Send[], errand: Errand): Promise<void> => {
    for (const part of parts) {
      if ((await finishPart(part, errand)) !== 'sent') return;
    }
  };

  /** A part that was sent again is looked for once more: its first copy may have come late. Tells whether there was one. */
  const lookForCopies = async (replyId: string, avito: SendingClient): Promise<boolean> => {
    const parts = (await sends.findParts({ replyId }))?.sends ?? [];
    const repeated = parts.filter(({ status, lookAt }) => status === 'sent' && lookAt !== null);
    for (const part of repeated) await settlePart(part, avito);
    return repeated.length > 0;
  };

  return async ({ accountId, replyId }) => {
    // Before any intent: a part must not be left `sending` for want of credentials.
    const avito = clientOf(accountId);
    const { isEnabled } = settingsOf(accountId);
    // Started before, so it never says less than the time since then.
    const msSinceFound = startStopwatch();
    const found = await sends.findParts({ replyId });
    // One account's credentials never send what is another's.
    if (found?.reply.accountId !== accountId) {
      logger.warn('there is no such reply', { replyId });
      return;
    }
    const { reply, wait } = found;
    const lookWhenLate = lateLook(reply, { wait, msSinceFound });
    await withLogContext({ replyId }, async () => {
      if (!isEnabled && reply.status === 'stored') {
        await chats.handOff({ ...reply, reason: 'auto-reply-disabled' });
      }
      let untilMs: number | undefined;
      try {
        await finishReply(found.sends, { avito, lookWhenLate });
      } finally {
        untilMs = await deleteCopies({ replyId }, avito);
      }
      if (await lookForCopies(replyId, avito)) untilMs = await deleteCopies({ replyId }, avito);
      if (untilMs !== undefined)
        throw new DelayJob({ untilMs, reason: 'a second copy is still to be deleted' });
    });
  };
}
