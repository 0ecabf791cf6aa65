import { reasonText, type Reply, type Repositories } from '@avito-autoreply/database';
import { explainMessage, explainReply } from '@avito-autoreply/rag';
import { HttpError } from '@avito-autoreply/runtime/http';
import { z } from 'zod';
import { defineRoute, type Route } from '../api/route.ts';
import type { Accounts } from '../avito/accounts.ts';
import {
  accountId,
  accountInQuery,
  chatId,
  ownPage,
  requiredText,
  time,
  timeOf,
  timeOrNull,
} from './fields.ts';

type ReplyRoutesDeps = {
  accounts: Accounts;
  replies: Repositories['replies'];
  sends: Pick<Repositories['sends'], 'findReply'>;
  currency: string | null;
};

const tag = 'Answers';
const mode = z.enum(['model', 'extractive', 'static']);

const reply = z
  .strictObject({
    reply_id: z.string(),
    account_id: accountId,
    chat_id: z.string(),
    question: z.string(),
    text: z.string(),
    mode,
    action: z.enum(['answer', 'handoff']),
    reason: z.string().nullable().meta({ description: 'Why it is no plain answer' }),
    status: z.string().meta({ examples: ['sent'] }),
    created_at: time,
    finished_at: time.nullable(),
  })
  .meta({ id: 'Reply' });

const replyOf = (given: Reply): z.infer<typeof reply> => ({
  reply_id: given.replyId,
  account_id: given.accountId,
  chat_id: given.chatId,
  question: given.question,
  text: given.text,
  mode: given.mode,
  action: given.action,
  reason: given.reason,
  status: given.status,
  created_at: timeOf(given.createdAt),
  finished_at: timeOrNull(given.finishedAt),
});

/** What buyers were answered, and why. */
export function replyRoutes({ accounts, replies, sends, currency }: ReplyRoutesDeps): Route[] {
  const accountIdsOf = (wanted: number | undefined) =>
    wanted === undefined ? accounts.ids : [accounts.select(wanted).userId];

  const list = defineRoute({
    method: 'get',
    path: '/api/v1/replies',
    operationId: 'listReplies',
    tag,
    summary: 'What buyers were answered, the newest first',
    description: 'Of all accounts unless `account_id` names one.',
    query: z.strictObject({
      reason: requiredText
        .max(100, 'must be at most 100 characters long')
        .optional()
        .meta({ examples: ['not-in-base'] }),
      mode: mode.optional(),
      chat_id: chatId.optional(),
      ...ownPage,
      ...accountInQuery,
    }),
    response: z.strictObject({ total: z.int(), replies: z.array(reply) }),
    handle: async ({ query }) => {
      const { account_id, chat_id, ...filter } = query;
      const found = await replies.list({
        ...filter,
        accountIds: accountIdsOf(account_id),
        chatId: chat_id,
      });
      return { total: found.total, replies: found.replies.map(replyOf) };
    },
  });

  const why = defineRoute({
    method: 'get',
    path: '/api/v1/replies/{reply_id}/why',
    operationId: 'explainReply',
    tag,
    summary: 'Why this answer? In plain Russian, with everything that is stored of it',
    description: 'Takes the id of a reply or a message, or of a chat, whose latest reply is explained.',
    params: z.strictObject({ reply_id: requiredText.max(200, 'must be at most 200 characters long') }),
    query: z.strictObject(accountInQuery),
    response: z.strictObject({
      lines: z.array(z.string()),
      reply: reply.nullable().meta({ description: 'Null: the message has none' }),
      sources: z.unknown(),
      trace: z.unknown().meta({ description: 'As it is stored; it may gain fields' }),
    }),
    errors: { 404: '`reply.unknown`: nothing of ours has this id' },
    handle: async ({ params, query }) => {
      const accountIds = accountIdsOf(query.account_id);
      const found = await replies.lookUp({ accountIds, id: params.reply_id });
      if (found === undefined) {
        throw new HttpError(
          `No reply, message or chat has the id ${params.reply_id}. GET /api/v1/replies lists the replies.`,
          { status: 404, code: 'reply.unknown' },
        );
      }
      if ('message' in found) {
        const { text, decision, decisionReason } = found.message;
        const lines = explainMessage({ text, decision, reason: decisionReason, reasonText });
        return { lines, reply: null, sources: [], trace: null };
      }
      const parts = await sends.findReply(found.reply);
      const facts = {
        reply: found.reply,
        sends: parts?.sends ?? [],
        currency: currency ?? undefined,
        reasonText,
      };
      const { sources, trace } = found.reply;
      return { lines: explainReply(facts), reply: replyOf(found.reply), sources, trace };
    },
  });

  return [list, why];
}
