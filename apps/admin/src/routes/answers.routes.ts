import type { Chat, ChatKey, Message, Repositories } from '@avito-autoreply/database';
import {
  type AnswerEngine,
  explainAnswer,
  type HistoryMessage,
  type ItemContext,
} from '@avito-autoreply/rag';
import { z } from 'zod';
import { defineRoute, type Route } from '../api/route.ts';
import type { Accounts } from '../avito/accounts.ts';
import { answer, answerOf } from './answer-shape.ts';
import { accountId, accountInBody, accountInQuery, chatId, requiredText } from './fields.ts';

type AnswerRoutesDeps = {
  accounts: Accounts;
  chats: Pick<Repositories['chats'], 'findChat' | 'listMessages'>;
  engine: AnswerEngine;
  currency: string | null;
};

const HISTORY_MESSAGES = 20;

/** What the chat's row holds of the listing that it is about. */
const storedItem = z.object({
  title: z.string().nullable(),
  priceString: z.string().nullable(),
  url: z.string().nullable(),
});

const context = z.strictObject({
  chat: z.enum(['none', 'known', 'unknown']).meta({
    description: '`unknown`: no message of the chat has reached us, so it told the engine nothing',
  }),
  history_messages: z.int(),
  item_id: z.int().nullable(),
});

type ChatContext = { itemId: number | null; item: ItemContext | null; history: HistoryMessage[] };

function itemOf({ item }: Chat): ItemContext | null {
  const { data } = storedItem.safeParse(item);
  if (data === undefined) return null;
  return {
    title: data.title ?? undefined,
    price: data.priceString ?? undefined,
    url: data.url ?? undefined,
  };
}

const historyOf = (messages: readonly Message[]): HistoryMessage[] =>
  messages.map(({ authorKind, text }) => ({
    author: authorKind === 'buyer' ? 'buyer' : 'us',
    text: text ?? '',
  }));

export function answerRoutes({ accounts, chats, engine, currency }: AnswerRoutesDeps): Route[] {
  const whatWeKnowOf = async (key: ChatKey): Promise<ChatContext | undefined> => {
    const chat = await chats.findChat(key);
    if (chat === undefined) return undefined;
    const messages = await chats.listMessages({ ...key, limit: HISTORY_MESSAGES });
    return { itemId: chat.itemId, item: itemOf(chat), history: historyOf(messages) };
  };

  const ask = defineRoute({
    method: 'post',
    path: '/api/v1/answers',
    operationId: 'answerQuestion',
    tag: 'Answers',
    summary: 'What would we answer? Nothing is sent',
    description:
      'With `chat_id`, what we know of that chat (its history and its listing) is taken into account as it is for a buyer; `item_id` names another listing. `attempts` tells what the check of facts said of each text of a model, also of those that it stopped.',
    query: z.strictObject(accountInQuery),
    body: z.strictObject({
      question: requiredText
        .max(4_000, 'must be at most 4000 characters long')
        .meta({ minLength: 1, maxLength: 4_000, examples: ['Сколько стоит доставка?'] }),
      chat_id: chatId.optional(),
      item_id: z.int('must be a whole number').positive('must be a positive number').optional(),
      ...accountInBody,
    }),
    response: z.strictObject({
      account_id: accountId,
      context,
      ...answer.shape,
      lines: z.array(z.string()).meta({
        description: 'Why this answer? In plain Russian, as of a reply at `/api/v1/replies/{reply_id}/why`',
      }),
    }),
    handle: async ({ query, body, signal }) => {
      const { userId, knowledgeAccountId } = accounts.select(query.account_id, body.account_id);
      const known =
        body.chat_id === undefined
          ? undefined
          : await whatWeKnowOf({ accountId: userId, chatId: body.chat_id });
      const ofChat = known ?? { itemId: null, item: null, history: [] };
      // The chat tells about its own listing; of another one nothing but its number is known.
      const itemId = body.item_id ?? ofChat.itemId;
      const given = await engine.generateAnswer({
        accountId: userId,
        knowledgeAccountId,
        question: body.question,
        history: ofChat.history,
        item: itemId === ofChat.itemId ? ofChat.item : null,
        itemId,
        signal,
      });
      const knowledge = known === undefined ? ('unknown' as const) : ('known' as const);
      return {
        account_id: userId,
        context: {
          chat: body.chat_id === undefined ? ('none' as const) : knowledge,
          history_messages: ofChat.history.length,
          item_id: itemId,
        },
        ...answerOf(given),
        lines: explainAnswer({
          question: body.question,
          answer: given,
          currency: currency ?? undefined,
        }),
      };
    },
  });
  return [ask];
}
