import { AvitoError } from '@avito-autoreply/avito';
import type { WebhookMessage } from '@avito-autoreply/avito/webhook';
import type { ChatKey, Repositories, Wait } from '@avito-autoreply/database';
import { AppError, type Logger } from '@avito-autoreply/runtime';
import type { TakeInOutgoing } from '../take-in/take-in-outgoing.ts';
import { type HistoryReader, readOutgoing } from './outgoing-history.ts';

type LateLookDeps = {
  polls: Pick<Repositories['polls'], 'unknownMessages'>;
  takeInOutgoing: TakeInOutgoing;
  logger: Logger;
};

type WaitAtStart = { wait: Wait; msSinceFound: () => number };

/** To be called before each POST of the reply. Throws when it would have to look and cannot. */
export type LookWhenLate = (avito: HistoryReader) => Promise<void>;

/**
 * What comes so long after the buyer's first unanswered message comes out of an outage, a backlog or a row of refusals.
 * The event of an operator who answered meanwhile may wait in the same queue, or be lost with it.
 */
const LATE_MS = 15_000;
// What is older is the poller's to find; an answer that the owner asked for may be to a message of last month.
const LOOK_BACK_MS = 3_600_000;
// For a refusal that names no time. Put off it spends no attempt; the age of the job is the bound.
const PUT_OFF_MS = 2_000;

/** A text that is late leaves only after a look at the chat: an operator whom no event told of has it from there on. */
export function createLateLook({ polls, takeInOutgoing, logger }: LateLookDeps) {
  const look = async (chat: ChatKey & { since: Date }, avito: HistoryReader): Promise<void> => {
    const { accountId } = chat;
    const history = await readOutgoing(avito, chat);
    const messageIds = history.map(({ messageId }) => messageId);
    const unknown = await polls.unknownMessages({ accountId, messageIds });
    // A deleted entry does not say any more who wrote it.
    const isNews = ({ messageId, type }: WebhookMessage) => unknown.has(messageId) && type !== 'deleted';
    const news = history.filter(isNews).toReversed();
    for (const message of news) await takeInOutgoing(message);
    logger.info('the text is late: looked at the chat first', { news: news.length });
  };

  /** For one run of a reply's job. `msSinceFound` says at least how long ago the wait was looked up. */
  return (
    { accountId, chatId }: ChatKey,
    { wait: { since: askedAt, unreadSince, waitedMs }, msSinceFound }: WaitAtStart,
  ): LookWhenLate => {
    const hourAgo = askedAt.getTime() + waitedMs - LOOK_BACK_MS;
    // Until the buyer wrote all is known, unless the poller is behind: then what was lost before is still to be found.
    const since = new Date(Math.max(unreadSince.getTime(), hourAgo));
    let knownUntilMs = -waitedMs;
    return async (avito) => {
      const nowMs = msSinceFound();
      if (nowMs - knownUntilMs < LATE_MS) return;
      try {
        await look({ accountId, chatId, since }, avito);
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        // Who is refused for good here is refused with the text too, and that says what to do about it.
        if (error instanceof AvitoError && !error.isRetryable) return;
        const { message, code, isRetryable, retryAfterMs = PUT_OFF_MS } = error;
        throw new AppError(message, { code, isRetryable, retryAfterMs, cause: error });
      }
      knownUntilMs = nowMs;
    };
  };
}
