import { MAX_TEXT_CHARACTERS, type SendOutcome } from '@avito-autoreply/avito';
import { HttpError } from '@avito-autoreply/runtime/http';
import { z } from 'zod';
import { defineRoute, type Route } from '../api/route.ts';
import type { Accounts } from '../avito/accounts.ts';
import { avitoErrors } from './avito-errors.ts';
import { chat, chatAnswer, message, messageAnswer } from './avito-shapes.ts';
import {
  accountId,
  accountInBody,
  accountInQuery,
  avitoPage,
  chatInPath,
  requiredText,
  time,
  timeOrNull,
} from './fields.ts';

const tag = 'Avito';
const chatErrors = { ...avitoErrors, 404: '`avito.not-found`: Avito does not know the chat' };

/** Sent, certainly not sent, or nobody knows: the last must not look like the second, or it is sent twice. */
function sentOrThrow(outcome: SendOutcome): Extract<SendOutcome, { outcome: 'sent' }> {
  switch (outcome.outcome) {
    case 'sent':
      return outcome;
    case 'not-sent':
      throw outcome.error;
    case 'unknown':
      throw new HttpError(
        `Nobody knows whether the message was sent (${outcome.error.message}). Look into the chat before you repeat it.`,
        { status: 502, code: 'message.outcome-unknown', cause: outcome.error },
      );
  }
}

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
    errors: chatErrors,
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

  const sendMessage = defineRoute({
    method: 'post',
    path: '/api/v1/avito/chats/{chat_id}/messages',
    operationId: 'sendAvitoMessage',
    tag,
    summary: 'Send a message to the buyer',
    description:
      'Sent once, at once, and never repeated. Avito reports it back to us as a person’s message, so the automatic answers of this chat pause as if an operator had written; `POST /api/v1/chats/{chat_id}/resume` ends that.',
    params: chatInPath,
    query: z.strictObject(accountInQuery),
    body: z.strictObject({
      text: requiredText
        .refine(
          (text) => Array.from(text).length <= MAX_TEXT_CHARACTERS,
          `must be at most ${MAX_TEXT_CHARACTERS} characters, Avito takes no more`,
        )
        .meta({ minLength: 1, maxLength: MAX_TEXT_CHARACTERS }),
      ...accountInBody,
    }),
    response: z.strictObject({
      status: z.literal('sent'),
      account_id: accountId,
      chat_id: z.string(),
      message_id: z.string(),
      created_at: time.nullable(),
    }),
    errors: {
      ...chatErrors,
      502: '`message.outcome-unknown`: it may have been sent, look into the chat first; or another `avito.…`: it was certainly not sent',
    },
    handle: async ({ params, query, body }) => {
      const { userId, avito } = accounts.select(query.account_id, body.account_id);
      // Without the client's signal: a send that is cut off halfway has no known outcome.
      const sent = sentOrThrow(await avito.sendText({ userId, chatId: params.chat_id, text: body.text }));
      return {
        status: 'sent' as const,
        account_id: userId,
        chat_id: params.chat_id,
        message_id: sent.messageId,
        created_at: timeOrNull(sent.createdAt),
      };
    },
  });

  return [listChats, listMessages, sendMessage];
}
