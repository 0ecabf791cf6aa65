import type { Logger } from '@avito-autoreply/runtime';
import { z } from 'zod';
import type { Api } from '../api.ts';
import { checkArguments } from '../arguments.ts';
import { type Chat, chatSchema } from '../wire/chat.ts';
import { listEnvelope, readEntries } from '../wire/list.ts';
import { pageArguments, type Page } from './page.ts';
import { accountPath, chatPath } from './paths.ts';

export type ListChats = {
  userId: number;
  /** 1 to 100, default 100. */
  limit?: number;
  /** 0 to 1000: older chats cannot be reached. */
  offset?: number;
  unreadOnly?: boolean;
  itemIds?: readonly number[];
  /** Avito's default is `u2i` only, ours is both kinds of chats with people. */
  chatTypes?: readonly ('u2i' | 'u2u' | 'a2u')[];
  signal?: AbortSignal | undefined;
};

const listArguments = z.strictObject({
  ...pageArguments,
  unreadOnly: z.boolean().default(false),
  itemIds: z.array(z.int().positive()).default([]),
  chatTypes: z.array(z.enum(['u2i', 'u2u', 'a2u'])).default(['u2i', 'u2u']),
});

export function chatCalls({ api, logger }: { api: Api; logger: Logger }) {
  return {
    /** Chats of the account, the most recently updated first. */
    listChats: async ({ userId, signal, ...given }: ListChats): Promise<Page<'chats', Chat>> => {
      const path = `${accountPath(2, userId)}/chats`;
      const { limit, offset, unreadOnly, itemIds, chatTypes } = checkArguments(
        'listChats',
        listArguments,
        given,
      );
      // Avito refuses capitalised booleans; arrays repeat their key.
      const query = new URLSearchParams({
        limit: String(limit),
        offset: String(offset),
        unread_only: String(unreadOnly),
      });
      for (const type of chatTypes) query.append('chat_types', type);
      for (const id of itemIds) query.append('item_ids', String(id));
      const schema = listEnvelope('chats');
      const { entries, hasMore } = await api({
        method: 'GET',
        path,
        query,
        isReadOnly: true,
        schema,
        signal,
      });
      const chats = readEntries({
        entries,
        schema: chatSchema(userId),
        onUnreadable: (problem) => logger.warn('chat not understood and left out', { userId, problem }),
      });
      return { chats, hasMore };
    },

    /** One chat with its listing, its buyer and its last message. */
    getChat: async ({
      userId,
      chatId,
      signal,
    }: {
      userId: number;
      chatId: string;
      signal?: AbortSignal | undefined;
    }): Promise<Chat> =>
      api({
        method: 'GET',
        path: chatPath(2, userId, chatId),
        isReadOnly: true,
        schema: chatSchema(userId),
        signal,
      }),
  };
}
