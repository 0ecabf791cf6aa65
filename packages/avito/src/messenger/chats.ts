import type { Logger } from '@avito-autoreply/runtime';
import { z } from 'zod';
import type { Api } from '../api.ts';
import { checkArguments } from '../arguments.ts';
import { type Chat, chatSchema } from '../wire/chat.ts';
import { agreement } from '../wire/agreement.ts';
import { listEnvelope, readEntries } from '../wire/list.ts';
import type { AccountCall, ChatCall } from './call-options.ts';
import { eachEntry, pageArguments, type Page, type ReceivedPage } from './page.ts';
import { accountPath, chatPath } from './paths.ts';

export type EachChat = AccountCall & {
  unreadOnly?: boolean;
  itemIds?: readonly number[];
  /** Avito's default is `u2i` only, ours is both kinds of chats with people. */
  chatTypes?: readonly ('u2i' | 'u2u' | 'a2u')[];
};

export type ListChats = EachChat & {
  /** 1 to 100, default 100. */
  limit?: number;
  /** 0 to 1000: older chats cannot be reached. */
  offset?: number;
};

const listArguments = z.strictObject({
  ...pageArguments,
  unreadOnly: z.boolean().default(false),
  itemIds: z.array(z.int().positive()).default([]),
  chatTypes: z.array(z.enum(['u2i', 'u2u', 'a2u'])).default(['u2i', 'u2u']),
});

export function chatCalls({ api, logger }: { api: Api; logger: Logger }) {
  const getPage = async ({ userId, signal, timeoutMs, ...given }: ListChats): Promise<ReceivedPage<Chat>> => {
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
      timeoutMs,
    });
    const chats = readEntries({
      entries,
      schema: chatSchema(userId),
      onUnreadable: (problem) => logger.warn('chat not understood and left out', { userId, problem }),
    });
    return { entries: chats, received: entries.length, hasMore };
  };

  return {
    /** Chats of the account, the most recently updated first. */
    listChats: async (call: ListChats): Promise<Page<'chats', Chat>> => {
      const { entries, hasMore } = await getPage(call);
      return { chats: entries, hasMore };
    },

    /** All chats that Avito lets us reach, some 1100, page by page and each once. */
    eachChat: (call: EachChat) => eachEntry((page) => getPage({ ...call, ...page })),

    /** One chat with its listing, its buyer and its last message. */
    getChat: async ({ userId, chatId, ...options }: ChatCall): Promise<Chat> =>
      api({
        method: 'GET',
        path: chatPath(2, userId, chatId),
        isReadOnly: true,
        schema: chatSchema(userId),
        ...options,
      }),

    /** Marks all messages of a chat as read by us. Reading them does not. */
    markChatRead: async ({ userId, chatId, ...options }: ChatCall): Promise<void> => {
      await api({
        method: 'POST',
        path: `${chatPath(1, userId, chatId)}/read`,
        isReadOnly: true, // a second time changes nothing
        schema: agreement,
        ...options,
      });
    },
  };
}
