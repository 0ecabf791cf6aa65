import type { Logger } from '@avito-autoreply/runtime';
import { z } from 'zod';
import type { Api } from '../api.ts';
import { checkArguments } from '../arguments.ts';
import { listEnvelope, readEntries } from '../wire/list.ts';
import { type Message, messageSchema } from '../wire/message.ts';
import { pageArguments, type Page } from './page.ts';
import { chatPath } from './paths.ts';

export type ListMessages = {
  userId: number;
  chatId: string;
  /** 1 to 100, default 100. */
  limit?: number;
  /** 0 to 1000: older messages cannot be reached. */
  offset?: number;
  signal?: AbortSignal | undefined;
};

const listArguments = z.strictObject(pageArguments);

export function messageCalls({ api, logger }: { api: Api; logger: Logger }) {
  return {
    /** Messages of a chat, the newest first. Does not mark them as read. */
    listMessages: async ({
      userId,
      chatId,
      signal,
      ...given
    }: ListMessages): Promise<Page<'messages', Message>> => {
      // The slash at the end is part of Avito's path.
      const path = `${chatPath(3, userId, chatId)}/messages/`;
      const { limit, offset } = checkArguments('listMessages', listArguments, given);
      const query = new URLSearchParams({ limit: String(limit), offset: String(offset) });
      const schema = listEnvelope('messages');
      const { entries, hasMore } = await api({
        method: 'GET',
        path,
        query,
        isReadOnly: true,
        schema,
        signal,
      });
      const messages = readEntries({
        entries,
        schema: messageSchema(userId),
        onUnreadable: (problem) =>
          logger.warn('message not understood and left out', { userId, chatId, problem }),
      });
      return { messages, hasMore };
    },
  };
}
