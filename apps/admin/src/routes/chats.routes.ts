import type { Chat, ChatKey, Repositories } from '@avito-autoreply/database';
import { HttpError } from '@avito-autoreply/runtime/http';
import { z } from 'zod';
import { defineRoute, type Route } from '../api/route.ts';
import type { Accounts } from '../avito/accounts.ts';
import {
  accountId,
  accountInBody,
  accountInQuery,
  chatInPath,
  ownPage,
  time,
  timeOf,
  timeOrNull,
} from './fields.ts';

const tag = 'Chats';

const replyMode = z.enum(['auto', 'draft', 'off'], 'must be auto, draft, off or null');

const chat = z
  .strictObject({
    account_id: accountId,
    chat_id: z.string(),
    mode: z.enum(['auto', 'human']).meta({ description: '`human`: nothing is answered automatically' }),
    mode_reason: z.string().nullable(),
    mode_changed_at: time,
    reply_mode: replyMode.nullable().meta({
      description: 'What the program does while it has the chat; null: as the account’s settings say',
    }),
    buyer_id: z.int().nullable(),
    buyer_name: z.string().nullable(),
    item_id: z.int().nullable(),
    last_inbound_at: time.nullable(),
    last_outbound_at: time.nullable(),
    updated_at: time,
  })
  .meta({ id: 'Chat' });

const chatAnswer = (from: Chat): z.infer<typeof chat> => ({
  account_id: from.accountId,
  chat_id: from.chatId,
  mode: from.mode,
  mode_reason: from.modeReason,
  mode_changed_at: timeOf(from.modeChangedAt),
  reply_mode: from.replyMode,
  buyer_id: from.buyerId,
  buyer_name: from.buyerName,
  item_id: from.itemId,
  last_inbound_at: timeOrNull(from.lastInboundAt),
  last_outbound_at: timeOrNull(from.lastOutboundAt),
  updated_at: timeOf(from.updatedAt),
});

function unknownChat({ chatId }: ChatKey): HttpError {
  return new HttpError(
    `No message of chat ${chatId} has reached us for this account. GET /api/v1/chats lists the chats that we know.`,
    { status: 404, code: 'chat.unknown' },
  );
}

type ChatRoutesDeps = {
  accounts: Accounts;
  chats: Pick<Repositories['chats'], 'listChats' | 'pauseChat' | 'resumeChat' | 'setReplyMode'>;
};

export function chatRoutes({ accounts, chats }: ChatRoutesDeps): Route[] {
  const list = defineRoute({
    method: 'get',
    path: '/api/v1/chats',
    operationId: 'listChats',
    tag,
    summary: 'The chats that we know, the latest first',
    description: 'With `mode=human` this is the list of chats that wait for a person.',
    query: z.strictObject({
      mode: z.enum(['auto', 'human'], 'must be auto or human').optional(),
      ...ownPage,
      ...accountInQuery,
    }),
    response: z.strictObject({ account_id: accountId, chats: z.array(chat) }),
    handle: async ({ query }) => {
      const { userId } = accounts.select(query.account_id);
      const { mode, limit, offset } = query;
      const found = await chats.listChats({ accountId: userId, mode, limit, offset });
      return { account_id: userId, chats: found.map(chatAnswer) };
    },
  });

  const change = ({
    action,
    operationId,
    summary,
    description,
    run,
  }: {
    action: 'pause' | 'resume';
    operationId: string;
    summary: string;
    description: string;
    run: (key: ChatKey) => Promise<Chat | undefined>;
  }) =>
    defineRoute({
      method: 'post',
      path: `/api/v1/chats/{chat_id}/${action}`,
      operationId,
      tag,
      summary,
      description,
      params: chatInPath,
      query: z.strictObject(accountInQuery),
      body: z.strictObject(accountInBody),
      response: chat,
      errors: { 404: '`chat.unknown`: no message of this chat has reached us' },
      handle: async ({ params, query, body }) => {
        const { userId } = accounts.select(query.account_id, body.account_id);
        const key = { accountId: userId, chatId: params.chat_id };
        const changed = await run(key);
        if (changed === undefined) throw unknownChat(key);
        return chatAnswer(changed);
      },
    });

  const setReplyMode = defineRoute({
    method: 'post',
    path: '/api/v1/chats/{chat_id}/reply-mode',
    operationId: 'setChatReplyMode',
    tag,
    summary: 'Say what the program does in this chat, whatever the account’s settings say',
    description:
      '`auto`: answers leave. `draft`: answers are written and wait for the owner. `off`: nothing is written. null: as the account’s settings say. A chat with a person (`mode`) stays with the person.',
    params: chatInPath,
    query: z.strictObject(accountInQuery),
    body: z.strictObject({ reply_mode: replyMode.nullable(), ...accountInBody }),
    response: chat,
    errors: { 404: '`chat.unknown`: no message of this chat has reached us' },
    handle: async ({ params, query, body }) => {
      const { userId } = accounts.select(query.account_id, body.account_id);
      const key = { accountId: userId, chatId: params.chat_id };
      const changed = await chats.setReplyMode({ ...key, replyMode: body.reply_mode });
      if (changed === undefined) throw unknownChat(key);
      return chatAnswer(changed);
    },
  });

  return [
    list,
    setReplyMode,
    change({
      action: 'pause',
      operationId: 'pauseChat',
      summary: 'Give the chat to a person',
      description:
        'Nothing is answered automatically until it is resumed; texts that are still queued are withdrawn.',
      run: (key) => chats.pauseChat(key),
    }),
    change({
      action: 'resume',
      operationId: 'resumeChat',
      summary: 'Give the chat back to automatic answers',
      description: 'From the next message on; what came in the meantime stays with the person.',
      run: (key) => chats.resumeChat(key),
    }),
  ];
}
