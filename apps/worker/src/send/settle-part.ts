import type { WebhookMessage } from '@avito-autoreply/avito/webhook';
import type { BegunLook, Repositories, Send, SendStatus } from '@avito-autoreply/database';
import { DelayJob } from '@avito-autoreply/queue';
import { AppError, type Clock, type Logger } from '@avito-autoreply/runtime';
import type { TakeInOutgoing } from '../take-in/take-in-outgoing.ts';
import { type HistoryReader, readOutgoing } from './outgoing-history.ts';
import { postBoundMs, type SendTiming } from './send-timing.ts';

type SettleDeps = {
  sends: Pick<Repositories['sends'], 'beginLook' | 'endLook' | 'postponeLook'>;
  /** For what no event told, or not yet: a late copy of ours, or an operator, who then has the chat. */
  takeInOutgoing: TakeInOutgoing;
  timing: SendTiming;
  clock: Clock;
  logger: Logger;
};
export type SettlePart = (send: Send, avito: HistoryReader) => Promise<SendStatus>;
type Look = Extract<BegunLook, { kind: 'look' }>;

// An echo may settle the part at any moment, and the parts after it wait.
const CHECK_EVERY_MS = 2_000;

/**
 * Finds out whether a part has left whose outcome nobody knows, and returns its status: `queued` when it is to be sent
 * again. Puts the job back while it is too early to tell; when, says the database.
 */
export function createSettlePart({ sends, takeInOutgoing, timing, clock, logger }: SettleDeps): SettlePart {
  const comeBack = ({ delayMs, status }: { delayMs: number; status: SendStatus }): DelayJob =>
    new DelayJob({
      untilMs: clock.now() + (status === 'sent' ? delayMs : Math.min(delayMs, CHECK_EVERY_MS)),
      reason: 'it is not known yet whether a part was sent',
    });

  const endLook = async ({ send, look }: Look, messages: WebhookMessage[]): Promise<SendStatus> => {
    const report = () => sends.endLook({ sendId: send.sendId, look, messages, settleMs: timing.settleMs });
    for (let ended = await report(); ; ended = await report()) {
      if (ended.kind === 'status') return ended.status;
      const { messageIds } = ended;
      for (const message of messages.filter(({ messageId }) => messageIds.includes(messageId))) {
        await takeInOutgoing(message);
      }
    }
  };

  const lookIntoHistory = async (begun: Look, avito: HistoryReader): Promise<SendStatus> => {
    const { send, look, since } = begun;
    let history: WebhookMessage[];
    try {
      history = await readOutgoing(avito, { ...send, since });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      logger.warn('the history cannot be read: nothing is sent again', { part: send.part, error });
      const { code, message, retryAfterMs: atLeastMs = 0 } = error;
      return sends.postponeLook({ sendId: send.sendId, look, error: { code, message }, atLeastMs });
    }
    const status = await endLook(begun, history);
    logger.info('looked for a part in the history', { part: send.part, look: look + 1, status });
    return status;
  };

  return async (send, avito) => {
    const begun = await sends.beginLook({
      sendId: send.sendId,
      postBoundMs: postBoundMs(timing),
      settleMs: timing.settleMs,
    });
    if (begun.kind === 'over') return begun.status;
    if (begun.kind === 'wait') throw comeBack({ delayMs: begun.delayMs, status: send.status });
    const status = await lookIntoHistory(begun, avito);
    const isUndecided = status === 'unknown' || status === 'sending';
    if (isUndecided) throw comeBack({ delayMs: CHECK_EVERY_MS, status });
    return status;
  };
}
