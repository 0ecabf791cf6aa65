import type { SentParts } from '@avito-autoreply/avito';
import type { Repositories } from '@avito-autoreply/database';
import type { Clock, Logger } from '@avito-autoreply/runtime';

type OperatorMessagesDeps = {
  turns: Pick<Repositories['turns'], 'takeInMessage'>;
  clock: Clock;
  logger: Logger;
};

type SentMessage = {
  accountId: number;
  chatId: string;
  messageId: string;
  createdAt: Date | null;
  type: 'text' | 'image';
  text: string | null;
};

/**
 * Notes that a person has written by way of this server, so that the chat is his at once. Avito's own event would do
 * the same a moment later, unless it is lost; and a message that is known already is never taken for one of ours.
 */
export function createOperatorMessages({ turns, clock, logger }: OperatorMessagesDeps) {
  const note = async ({ accountId, createdAt, type, text, ...message }: SentMessage): Promise<void> => {
    await turns
      .takeInMessage({
        ...message,
        accountId,
        direction: 'out',
        authorId: accountId,
        authorKind: 'operator',
        type,
        text,
        content: type === 'text' ? { text } : {},
        itemId: null,
        chatType: null,
        createdAt: createdAt ?? new Date(clock.now()),
        decision: 'ignore',
        reason: 'operator-wrote',
        quietMs: 0,
        maxWaitMs: 0,
      })
      // The message is in the chat, which must not be told as a failure: it would be sent again.
      .catch((error: unknown) =>
        logger.warn('a message sent by hand is noted later, when Avito reports it', { accountId, error }),
      );
  };

  return {
    note,
    /** The parts of a text that were sent; the others are left out. */
    noteParts: async (
      key: Pick<SentMessage, 'accountId' | 'chatId'>,
      { texts, parts }: { texts: readonly string[]; parts: SentParts['parts'] },
    ): Promise<void> => {
      for (const [index, part] of parts.entries()) {
        if (part.outcome !== 'sent') continue;
        const { messageId, createdAt } = part;
        await note({ ...key, messageId, createdAt, type: 'text', text: texts[index] ?? null });
      }
    },
  };
}

export type OperatorMessages = ReturnType<typeof createOperatorMessages>;
