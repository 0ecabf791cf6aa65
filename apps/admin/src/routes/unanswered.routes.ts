import type { Repositories } from '@avito-autoreply/database';
import { composeReply, type Queues } from '@avito-autoreply/queue';
import { z } from 'zod';
import { defineRoute, type Route } from '../api/route.ts';
import type { Accounts } from '../avito/accounts.ts';
import { heldMessage, heldMessageAnswer } from './decision-shapes.ts';
import { accountId, accountInBody, accountInQuery, chatId, ownPage, requiredText } from './fields.ts';

type UnansweredRoutesDeps = {
  accounts: Accounts;
  decisions: Pick<Repositories['decisions'], 'listUnanswered' | 'answerAfterAll' | 'dismissMessage'>;
  queues: Pick<Queues, 'enqueue'>;
};

const tag = 'Not answered';

const messageInPath = z.strictObject({
  message_id: requiredText.max(200, 'must be at most 200 characters long'),
});

export function unansweredRoutes({ accounts, decisions, queues }: UnansweredRoutesDeps): Route[] {
  const list = defineRoute({
    method: 'get',
    path: '/api/v1/messages/unanswered',
    operationId: 'listUnansweredMessages',
    tag,
    summary: 'Buyers’ messages that neither the program nor a person has answered, and why; the latest first',
    description:
      'Held by a rule, not sent for good, withdrawn, or answered only with the call for a person, while no operator has written in the chat since. Answer or dismiss each of them.',
    query: z.strictObject({ chat_id: chatId.optional(), ...ownPage, ...accountInQuery }),
    response: z.strictObject({ account_id: accountId, total: z.int(), messages: z.array(heldMessage) }),
    handle: async ({ query: { account_id: given, chat_id: onlyChat, ...page } }) => {
      const { userId } = accounts.select(given);
      const found = await decisions.listUnanswered({ accountId: userId, chatId: onlyChat, ...page });
      return { account_id: userId, total: found.total, messages: found.messages.map(heldMessageAnswer) };
    },
  });

  const answer = defineRoute({
    method: 'post',
    path: '/api/v1/messages/{message_id}/answer',
    operationId: 'answerMessage',
    tag,
    summary: 'Have the message answered automatically after all',
    description:
      'However old it is, whatever the hour and the caps. A chat that a person has is automatic again from here on. `in-hand`: it is being answered, or is answered; nothing was changed.',
    params: messageInPath,
    query: z.strictObject(accountInQuery),
    body: z.strictObject(accountInBody),
    response: z.strictObject({
      account_id: accountId,
      chat_id: z.string(),
      message_id: z.string(),
      outcome: z.enum(['asked', 'in-hand']),
    }),
    errors: {
      404: '`message.unknown`',
      409: '`message.outcome-open`: an earlier answer may have arrived, look into the chat',
    },
    handle: async ({ params, query, body }) => {
      const { userId } = accounts.select(query.account_id, body.account_id);
      const result = await decisions.answerAfterAll({ accountId: userId, messageId: params.message_id });
      const { outcome, chatId: chat } = result;
      if (result.outcome === 'asked') {
        await queues.enqueue(composeReply, { accountId: userId, chatId: chat, turn: result.turn });
      }
      return { account_id: userId, chat_id: chat, message_id: params.message_id, outcome };
    },
  });

  const dismiss = defineRoute({
    method: 'post',
    path: '/api/v1/messages/{message_id}/dismiss',
    operationId: 'dismissMessage',
    tag,
    summary: 'Take the message off the list: it needs no answer',
    params: messageInPath,
    query: z.strictObject(accountInQuery),
    body: z.strictObject(accountInBody),
    response: heldMessage,
    errors: { 404: '`message.unknown`', 409: '`message.in-hand`: it is being answered, or is answered' },
    handle: async ({ params, query, body }) => {
      const { userId } = accounts.select(query.account_id, body.account_id);
      return heldMessageAnswer(
        await decisions.dismissMessage({ accountId: userId, messageId: params.message_id }),
      );
    },
  });

  return [list, answer, dismiss];
}
