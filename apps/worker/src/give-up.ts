import type { Repositories } from '@avito-autoreply/database';
import { composeReply, type FailedJob, sendReply } from '@avito-autoreply/queue';
import type { Logger } from '@avito-autoreply/runtime';

/**
 * A job of a chat that failed for good ends with a person: the chat is handed over, with the reason, so that no buyer
 * waits for an answer that nobody works on.
 */
export function createGiveUp({
  chats,
  logger,
}: {
  chats: Pick<Repositories['chats'], 'handOff'>;
  logger: Logger;
}) {
  return async ({ name, payload, code }: FailedJob): Promise<void> => {
    for (const definition of [composeReply, sendReply]) {
      const parsed = definition.schema.safeParse(payload);
      if (definition.name !== name || !parsed.success) continue;
      const { accountId, chatId } = parsed.data;
      await chats.handOff({ accountId, chatId, reason: `${name}-failed: ${code}` });
      logger.warn('chat handed to a person', { accountId, chatId, reason: code });
    }
  };
}
