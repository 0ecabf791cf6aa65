import { MAX_TEXT_CHARACTERS } from '@avito-autoreply/avito';
import type { Repositories } from '@avito-autoreply/database';
import { type Queues, sendReply } from '@avito-autoreply/queue';
import { splitIntoParts } from '@avito-autoreply/rag';
import { z } from 'zod';
import { defineRoute, type Route } from '../api/route.ts';
import type { Accounts } from '../avito/accounts.ts';
import { draft, draftAnswer } from './decision-shapes.ts';
import { accountId, accountInBody, accountInQuery, ownPage, requiredText } from './fields.ts';

type DraftRoutesDeps = {
  accounts: Accounts;
  decisions: Pick<Repositories['decisions'], 'listDrafts' | 'releaseDraft' | 'discardDraft'>;
  queues: Pick<Queues, 'enqueue'>;
};

const tag = 'Drafts';
const MAX_TEXT = 10_000;

const replyInPath = z.strictObject({ reply_id: z.uuid('must be the id of a reply') });
const gone =
  '`reply.gone`: superseded by a newer message, discarded, or the chat is with a person; `reply.released`: let go already';

export function draftRoutes({ accounts, decisions, queues }: DraftRoutesDeps): Route[] {
  const list = defineRoute({
    method: 'get',
    path: '/api/v1/replies/drafts',
    operationId: 'listDrafts',
    tag,
    summary: 'Answers that wait for the owner; who waits longest comes first',
    description:
      'Written for accounts and chats in draft mode. A newer message of the buyer supersedes a draft.',
    query: z.strictObject({ ...ownPage, ...accountInQuery }),
    response: z.strictObject({ account_id: accountId, drafts: z.array(draft) }),
    handle: async ({ query: { account_id: given, ...page } }) => {
      const { userId } = accounts.select(given);
      const drafts = await decisions.listDrafts({ accountId: userId, ...page });
      return { account_id: userId, drafts: drafts.map(draftAnswer) };
    },
  });

  const send = defineRoute({
    method: 'post',
    path: '/api/v1/replies/{reply_id}/send',
    operationId: 'sendDraft',
    tag,
    summary: 'Let a draft go, as it is or with another text',
    description:
      'It is sent once, however often this is called. Above 1000 characters it leaves in several messages.',
    params: replyInPath,
    query: z.strictObject(accountInQuery),
    body: z.strictObject({
      text: requiredText.max(MAX_TEXT, `must be at most ${MAX_TEXT} characters long`).optional(),
      ...accountInBody,
    }),
    response: draft,
    errors: { 404: '`reply.unknown`', 409: gone },
    handle: async ({ params, query, body }) => {
      const { userId } = accounts.select(query.account_id, body.account_id);
      const reply = await decisions.releaseDraft({
        accountId: userId,
        replyId: params.reply_id,
        text: body.text,
        splitIntoParts: (text) => splitIntoParts(text, MAX_TEXT_CHARACTERS),
      });
      const { accountId: owner, chatId, replyId } = reply;
      if (reply.status === 'stored') await queues.enqueue(sendReply, { accountId: owner, chatId, replyId });
      return draftAnswer(reply);
    },
  });

  const discard = defineRoute({
    method: 'post',
    path: '/api/v1/replies/{reply_id}/discard',
    operationId: 'discardDraft',
    tag,
    summary: 'Throw a draft away; its question stays on the list of what was not answered',
    params: replyInPath,
    query: z.strictObject(accountInQuery),
    body: z.strictObject(accountInBody),
    response: draft,
    errors: { 404: '`reply.unknown`', 409: gone },
    handle: async ({ params, query, body }) => {
      const { userId } = accounts.select(query.account_id, body.account_id);
      return draftAnswer(await decisions.discardDraft({ accountId: userId, replyId: params.reply_id }));
    },
  });

  return [list, send, discard];
}
