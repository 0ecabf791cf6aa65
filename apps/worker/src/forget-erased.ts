import type { ChatKey, Repositories } from '@avito-autoreply/database';
import type { Handler } from '@avito-autoreply/queue';
import { errorCode, type Logger } from '@avito-autoreply/runtime';

/**
 * For jobs of chats: one whose chat was erased while it waited or worked ends well, and nothing of it is kept. What it
 * was to store has no row any more, and nothing is tried again.
 */
export function createForgetErased({
  chats,
  logger,
}: {
  chats: Pick<Repositories['chats'], 'findChat'>;
  logger: Logger;
}) {
  return <Payload extends ChatKey>(handle: Handler<Payload>): Handler<Payload> =>
    async (payload, context) => {
      try {
        await handle(payload, context);
      } catch (error) {
        if (errorCode(error) !== 'database.unknown-send') throw error;
      }
      const { accountId, chatId } = payload;
      if (await chats.findChat({ accountId, chatId })) return;
      context.forget();
      logger.info('the chat is gone: nothing of its job is kept');
    };
}
