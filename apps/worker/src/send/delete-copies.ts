import { type AvitoClient, AvitoError } from '@avito-autoreply/avito';
import type { Copy, Repositories } from '@avito-autoreply/database';
import type { Clock, Logger } from '@avito-autoreply/runtime';

type DeleteDeps = {
  sends: Pick<Repositories['sends'], 'pendingCopies' | 'markCopyDeleted' | 'markCopyKept'>;
  clock: Clock;
  logger: Logger;
};

const RETRY_MS = 10_000;

/**
 * Deletes what a repetition turned out to have doubled, and tells when to try again what could not be deleted yet.
 * Avito lets us for an hour; a copy that stays is noted and reported as an error.
 */
export function createDeleteCopies({ sends, clock, logger }: DeleteDeps) {
  const deleteCopy = async (
    copy: Copy,
    avito: Pick<AvitoClient, 'deleteMessage'>,
  ): Promise<number | undefined> => {
    const { accountId: userId, chatId, messageId, sentAt } = copy;
    try {
      await avito.deleteMessage({ userId, chatId, messageId, sentAt });
    } catch (error) {
      if (!(error instanceof AvitoError)) throw error;
      if (error.isRetryable) {
        logger.warn('a second copy could not be deleted yet', { messageId, error });
        return clock.now() + Math.max(error.retryAfterMs ?? 0, RETRY_MS);
      }
      // Not there: deleted before our note of it was stored, or by a person.
      if (error.code !== 'avito.not-found') {
        await sends.markCopyKept({ ...copy, error });
        logger.error('a text stands in the chat twice and cannot be deleted', { messageId, error });
        return undefined;
      }
    }
    await sends.markCopyDeleted(copy);
    logger.warn('a text had arrived twice: the second copy is deleted', { messageId });
    return undefined;
  };

  return async (
    { replyId }: { replyId: string },
    avito: Pick<AvitoClient, 'deleteMessage'>,
  ): Promise<number | undefined> => {
    let untilMs: number | undefined;
    for (const copy of await sends.pendingCopies({ replyId })) {
      untilMs = (await deleteCopy(copy, avito)) ?? untilMs;
    }
    return untilMs;
  };
}
