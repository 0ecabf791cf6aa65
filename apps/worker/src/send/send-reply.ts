import type { AvitoClient, AvitoError } from '@avito-autoreply/avito';
import type { Repositories, Send, SendProblem } from '@avito-autoreply/database';
import { DelayJob, type Handler, type sendReply } from '@avito-autoreply/queue';
import { type Clock, type Logger, withLogContext } from '@avito-autoreply/runtime';
import type { z } from 'zod';
import type { SettingsOf } from '../reply-settings.ts';

type SendDeps = {
  repositories: Pick<Repositories, 'chats' | 'sends'>;
  clientOf: (accountId: number) => Pick<AvitoClient, 'sendText'>;
  settingsOf: SettingsOf;
  clock: Clock;
  logger: Logger;
};

type PartResult = 'next' | 'stop';

/**
 * A POST lasts at most 10 s. A part that has been `sending` for longer than this belongs to a process that died between
 * the intent and the outcome.
 */
export const INTENT_TIMEOUT_MS = 30_000;
const problemOf = (error: AvitoError) => ({ code: error.code, message: error.message });

/**
 * Sends the parts of a reply in their order. Per part: commit the intent, POST once, store the outcome. What certainly
 * did not arrive is retried by the queue; what may have arrived is not sent again.
 */
export function createSendReply({
  repositories: { chats, sends },
  clientOf,
  settingsOf,
  clock,
  logger,
}: SendDeps): Handler<z.output<typeof sendReply.schema>> {
  const callPerson = async (send: Send, reason: string): Promise<void> => {
    await chats.handOff({ accountId: send.accountId, chatId: send.chatId, reason });
    logger.warn('chat handed to a person', { reason, part: send.part });
  };

  // After each of the three the echo may have proved already that the text did arrive: `sent` is then the truth.

  /** It certainly did not arrive: the queue comes back, after the time that Avito asked for. */
  const sendLater = async (send: Send, error: AvitoError): Promise<PartResult> => {
    const status = await sends.markNotSent({ sendId: send.sendId, error: problemOf(error) });
    if (status === 'sent') return 'next';
    if (status === 'queued') throw error;
    return 'stop';
  };

  /** It did not arrive and will not. */
  const giveUp = async (send: Send, error: AvitoError): Promise<PartResult> => {
    if ((await sends.markFailed({ sendId: send.sendId, error: problemOf(error) })) === 'sent') return 'next';
    logger.error('not sent for good', { part: send.part, error });
    await callPerson(send, error.code);
    return 'stop';
  };

  /** It may stand in the chat: never sent again by itself. */
  const leaveOpen = async (send: Send, error: SendProblem): Promise<PartResult> => {
    if ((await sends.markUnknown({ sendId: send.sendId, error })) === 'sent') return 'next';
    await callPerson(send, 'send-outcome-unknown');
    return 'stop';
  };

  const post = async (send: Send, { sendText }: Pick<AvitoClient, 'sendText'>): Promise<PartResult> => {
    // Without a signal: an aborted POST would leave us not knowing whether it arrived. Shutdown waits for it.
    const outcome = await sendText({
      userId: send.accountId,
      chatId: send.chatId,
      text: send.text,
    });
    const { sendId, part } = send;
    switch (outcome.outcome) {
      case 'sent': {
        const createdAt = outcome.createdAt ?? undefined;
        await sends.markSent({ sendId, avitoMessageId: outcome.messageId, createdAt });
        logger.info('sent', { part, attempts: send.attempts });
        return 'next';
      }
      case 'not-sent':
        return outcome.error.isRetryable ? sendLater(send, outcome.error) : giveUp(send, outcome.error);
      case 'unknown':
        logger.error('nobody knows whether it was sent', { part, error: outcome.error });
        return leaveOpen(send, problemOf(outcome.error));
    }
  };

  /** Found `sending`: another worker is at it right now, or died over it. */
  const afterForeignIntent = async (send: Send): Promise<PartResult> => {
    const untilMs = (send.intentAt?.getTime() ?? 0) + INTENT_TIMEOUT_MS;
    if (clock.now() < untilMs) throw new DelayJob({ untilMs, reason: 'another worker is sending this part' });
    const message = 'the process ended between the intent to send and the outcome';
    return leaveOpen(send, { code: 'send.crashed', message });
  };

  const sendPart = async (send: Send, avito: Pick<AvitoClient, 'sendText'>): Promise<PartResult> => {
    if (send.status === 'sent') return 'next';
    if (send.status === 'sending') return afterForeignIntent(send);
    const begun = await sends.beginSend({ sendId: send.sendId });
    switch (begun.kind) {
      case 'go':
        return post(begun.send, avito);
      case 'taken-over':
        logger.info('not sent: a person has the chat', { part: send.part });
        return 'stop';
      case 'waiting':
        return 'stop';
      case 'already':
        if (begun.status === 'sent') return 'next';
        if (begun.status === 'sending')
          return afterForeignIntent({ ...send, intentAt: new Date(clock.now()) });
        return 'stop';
    }
  };

  return async ({ accountId, replyId }) => {
    // Before any intent: a part must not be left `sending` for want of credentials.
    const avito = clientOf(accountId);
    const { isEnabled } = settingsOf(accountId);
    const found = await sends.findReply({ replyId });
    // One account's credentials never send what is another's.
    if (found?.reply.accountId !== accountId) {
      logger.warn('there is no such reply', { replyId });
      return;
    }
    if (!isEnabled) {
      await chats.handOff({ ...found.reply, reason: 'auto-reply-disabled' });
      return;
    }
    await withLogContext({ replyId }, async () => {
      for (const send of found.sends) {
        if ((await sendPart(send, avito)) === 'stop') return;
      }
    });
  };
}
