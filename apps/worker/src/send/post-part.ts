import type { AvitoClient, AvitoError } from '@avito-autoreply/avito';
import type { Repositories, Send, SendStatus } from '@avito-autoreply/database';
import { composeReply, DelayJob, type Queues } from '@avito-autoreply/queue';
import { AppError, type Clock, type Logger } from '@avito-autoreply/runtime';
import type { SettingsOf } from '../reply-settings.ts';
import type { SendTiming } from './send-timing.ts';
import { startStopwatch } from './stopwatch.ts';

type PostDeps = {
  sends: Pick<Repositories['sends'], 'beginSend' | 'markSent' | 'markNotSent' | 'markFailed' | 'markUnknown'>;
  queues: Pick<Queues, 'enqueue'>;
  settingsOf: SettingsOf;
  timing: SendTiming;
  clock: Clock;
  logger: Logger;
};
export type PostPart = (send: Send, avito: Pick<AvitoClient, 'sendText'>) => Promise<SendStatus>;

// Another reply of the chat is being settled; that takes seconds to a minute.
const BEHIND_MS = 1_000;
// For a refusal that names no time.
const PUT_OFF_MS = 2_000;

const problemOf = ({ code, message }: AvitoError) => ({ code, message });

/** Neither is a failure of ours, so neither uses up an attempt of the job: its age is the bound. */
const isPutOff = ({ code }: AvitoError): boolean =>
  code === 'avito.rate-limited' || code === 'avito.too-late';

const putOff = (error: AvitoError): AppError =>
  new AppError(error.message, {
    code: error.code,
    isRetryable: true,
    retryAfterMs: error.retryAfterMs ?? PUT_OFF_MS,
    cause: error,
  });

/**
 * One POST of one part: commits the intent, posts without any retry, stores the outcome. Returns the status that holds
 * then, which an echo may have settled already. Throws when the part is to be tried again later.
 */
export function createPostPart({ sends, queues, settingsOf, timing, clock, logger }: PostDeps): PostPart {
  const post = async (
    send: Send,
    avito: Pick<AvitoClient, 'sendText'>,
    msSinceIntent: () => number,
  ): Promise<SendStatus> => {
    const { accountId: userId, chatId, text, sendId, part, attempts: attempt } = send;
    // Without a signal: an aborted POST would leave us not knowing whether it arrived. Shutdown waits for it.
    const outcome = await avito.sendText({
      userId,
      chatId,
      text,
      timeoutMs: timing.postTimeoutMs,
      mayLeave: () => msSinceIntent() < timing.startWithinMs,
    });
    switch (outcome.outcome) {
      case 'sent': {
        const { messageId: avitoMessageId, createdAt } = outcome;
        await sends.markSent({ sendId, attempt, avitoMessageId, createdAt: createdAt ?? undefined });
        logger.info('sent', { part, attempt });
        return 'sent';
      }
      case 'not-sent': {
        const { error } = outcome;
        const told = { sendId, attempt, error: problemOf(error) };
        if (!error.isRetryable) {
          logger.error('not sent for good: the chat goes to a person', { part, attempt, error });
          return sends.markFailed(told);
        }
        const status = await sends.markNotSent(told);
        if (status === 'queued') throw isPutOff(error) ? putOff(error) : error;
        return status;
      }
      case 'unknown': {
        const { error } = outcome;
        logger.warn('nobody knows whether it was sent', { part, attempt, error });
        return sends.markUnknown({
          sendId,
          attempt,
          error: problemOf(error),
          settleMs: timing.settleMs,
        });
      }
    }
  };

  return async (send, avito) => {
    // Started before the intent is committed, so it never says less than the time since then.
    const msSinceIntent = startStopwatch();
    const { maxWaitMs } = settingsOf(send.accountId);
    const begun = await sends.beginSend({ sendId: send.sendId, maxWaitMs });
    switch (begun.kind) {
      case 'go':
        return post(begun.send, avito, msSinceIntent);
      case 'already':
        return begun.status;
      case 'waiting':
        throw new DelayJob({
          untilMs: clock.now() + BEHIND_MS,
          reason: `another ${begun.for} of the chat is not settled yet`,
        });
      case 'taken-over':
        logger.info('not sent: a person has the chat', { part: send.part });
        return 'cancelled';
      case 'superseded': {
        logger.info('not sent: the buyer wrote on, another turn answers everything', { part: send.part });
        const { accountId, chatId } = send;
        if (begun.ring) {
          const { turn, delayMs } = begun.ring;
          await queues.enqueue(composeReply, { accountId, chatId, turn }, { delayMs });
        }
        return 'cancelled';
      }
    }
  };
}
