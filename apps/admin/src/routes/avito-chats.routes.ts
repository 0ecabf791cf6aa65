import { z } from 'zod';
import { defineRoute, type Route } from '../api/route.ts';
import type { Accounts } from '../avito/accounts.ts';
import { avitoChatErrors, avitoErrors } from './avito-errors.ts';
import { chat, chatAnswer, message, messageAnswer } from './avito-shapes.ts';
import { accountId, accountInQuery, avitoPage, chatInPath } from './fields.ts';

const tag = 'Avito';

export function avitoChatRoutes({ accounts }: { accounts: Accounts }): Route[] {
  const listChats = defineRoute({
    method: 'get',
    path: '/api/v1/avito/chats',
    operationId: 'listAvitoChats',
    tag,
    summary: 'The account’s chats, from Avito',
    query: z.strictObject({
      ...avitoPage,
      unread_only: z.stringbool('must be true or false').default(false),
      ...accountInQuery,
    }),
    response: z.strictObject({
      account_id: accountId,
      chats: z.array(chat),
      has_more: z.boolean().nullable().meta({ description: 'null when Avito does not say' }),
    }),
    errors: avitoErrors,
    handle: async ({ query, signal }) => {
      const { userId, avito } = accounts.select(query.account_id);
      const { limit, offset, unread_only: unreadOnly } = query;
      const found = await avito.listChats({ userId, limit, offset, unreadOnly, signal });
      return { account_id: userId, chats: found.chats.map(chatAnswer), has_more: found.hasMore };
    },
  });

  const listMessages = defineRoute({
    method: 'get',
    path: '/api/v1/avito/chats/{chat_id}/messages',
    operationId: 'listAvitoMessages',
    tag,
    summary: 'The messages of a chat, from Avito, the newest first',
    params: chatInPath,
    query: z.strictObject({ ...avitoPage, ...accountInQuery }),
    response: z.strictObject({
      account_id: accountId,
      chat_id: z.string(),
      messages: z.array(message),
      has_more: z.boolean().nullable(),
    }),
    errors: avitoChatErrors,
    handle: async ({ params, query, signal }) => {
      const { userId, avito } = accounts.select(query.account_id);
      const { limit, offset } = query;
      const found = await avito.listMessages({ userId, chatId: params.chat_id, limit, offset, signal });
      return {
        account_id: userId,
        chat_id: params.chat_id,
        messages: found.messages.map(messageAnswer),
        has_more: found.hasMore,
      };
    },
  });

  const getChat = defineRoute({
    method: 'get',
    path: '/api/v1/avito/chats/{chat_id}',
    operationId: 'getAvitoChat',
    tag,
    summary: 'One chat with its listing, its buyer and its last message, from Avito',
    params: chatInPath,
    query: z.strictObject(accountInQuery),
    response: z.strictObject({ account_id: accountId, chat }),
    errors: avitoChatErrors,
    handle: async ({ params, query, signal }) => {
      const { userId, avito } = accounts.select(query.account_id);
      const found = await avito.getChat({ userId, chatId: params.chat_id, signal });
      return { account_id: userId, chat: chatAnswer(found) };
    },
  });

  const markRead = defineRoute({
    method: 'post',
    path: '/api/v1/avito/chats/{chat_id}/read',
    operationId: 'markAvitoChatRead',
    tag,
    summary: 'Mark all messages of a chat as read',
    params: chatInPath,
    query: z.strictObject(accountInQuery),
    response: z.strictObject({ status: z.literal('read'), account_id: accountId, chat_id: z.string() }),
    errors: avitoChatErrors,
    handle: async ({ params, query, signal }) => {
      const { userId, avito } = accounts.select(query.account_id);
      await avito.markChatRead({ userId, chatId: params.chat_id, signal });
      return { status: 'read' as const, account_id: userId, chat_id: params.chat_id };
    },
  });

  return [listChats, getChat, listMessages, markRead];
}
