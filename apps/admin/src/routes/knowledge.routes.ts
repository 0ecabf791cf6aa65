import type { KnowledgeRepositories } from '@avito-autoreply/database';
import { type Passage, removeSources, type Retrieved, type Retriever } from '@avito-autoreply/rag';
import { HttpError } from '@avito-autoreply/runtime/http';
import { z } from 'zod';
import { defineRoute, type Route } from '../api/route.ts';
import { type Accounts, ownBaseOf } from '../avito/accounts.ts';
import { accountId, accountInQuery, ownPage, requiredText, time, timeOf } from './fields.ts';

const tag = 'Knowledge';

const document = z
  .strictObject({
    id: z.string().meta({ description: 'Where it came from, e.g. `folder/delivery.md`' }),
    title: z.string(),
    kind: z.string().meta({ description: 'What it was read from: markdown, pdf and so on' }),
    item_id: z.int().nullable().meta({ description: 'The listing that it belongs to; null: the whole shop' }),
    chunks: z.int(),
    updated_at: time,
  })
  .meta({ id: 'Document' });

const passage = z
  .strictObject({
    document_id: z.string(),
    title: z.string(),
    heading: z.string(),
    question: z.string().nullable().meta({ description: 'Of a question-answer pair' }),
    text: z.string(),
    score: z.number().meta({ description: 'For comparing the passages of one search only' }),
  })
  .meta({ id: 'Passage' });

const whose = {
  account_id: accountId,
  knowledge_account_id: accountId.meta({
    description: 'Whose knowledge base it is: mostly that of the account itself',
  }),
};

type KnowledgeRoutesDeps = {
  accounts: Accounts;
  knowledge: KnowledgeRepositories;
  retriever: Pick<Retriever, 'retrieve'>;
};

const passageOf = ({ passage: found, hits }: { passage: Passage; hits: Retrieved['hits'] }) => ({
  document_id: found.sourceKey,
  title: found.title,
  heading: found.heading,
  question: found.question,
  text: found.content,
  score: Math.max(
    0,
    ...hits.filter(({ chunkId }) => found.chunkIds.includes(chunkId)).map(({ score }) => score),
  ),
});

export function knowledgeRoutes({ accounts, knowledge, retriever }: KnowledgeRoutesDeps): Route[] {
  const list = defineRoute({
    method: 'get',
    path: '/api/v1/knowledge/documents',
    operationId: 'listDocuments',
    tag,
    summary: 'The documents of the knowledge base',
    query: z.strictObject({ ...ownPage, ...accountInQuery }),
    response: z.strictObject({ ...whose, total: z.int(), documents: z.array(document) }),
    handle: async ({ query }) => {
      const { userId, knowledgeAccountId } = accounts.select(query.account_id);
      const { limit, offset } = query;
      const found = await knowledge.documents.list({ accountId: knowledgeAccountId });
      return {
        account_id: userId,
        knowledge_account_id: knowledgeAccountId,
        total: found.length,
        documents: found
          .slice(offset, offset + limit)
          .map(({ sourceKey, title, kind, itemId, chunks, updatedAt }) => ({
            id: sourceKey,
            title,
            kind,
            item_id: itemId,
            chunks,
            updated_at: timeOf(updatedAt),
          })),
      };
    },
  });

  const search = defineRoute({
    method: 'get',
    path: '/api/v1/knowledge/search',
    operationId: 'searchKnowledge',
    tag,
    summary: 'What the knowledge base says about a question',
    query: z.strictObject({
      q: requiredText
        .max(4_000, 'must be at most 4000 characters long')
        .meta({ minLength: 1, maxLength: 4_000, examples: ['доставка в регионы'] }),
      limit: ownPage.limit.default(10),
      item_id: z.coerce
        .number('must be the numeric id of a listing')
        .int('must be the numeric id of a listing')
        .positive('must be the numeric id of a listing')
        .optional()
        .meta({ description: 'As a buyer of this listing asks; left out: what holds of the whole shop' }),
      ...accountInQuery,
    }),
    response: z.strictObject({ ...whose, passages: z.array(passage) }),
    handle: async ({ query, signal }) => {
      const { userId, knowledgeAccountId } = accounts.select(query.account_id);
      const { q: question, limit, item_id: itemId } = query;
      const { passages, hits } = await retriever.retrieve({
        accountId: knowledgeAccountId,
        question,
        limit,
        itemId,
        signal,
      });
      return {
        account_id: userId,
        knowledge_account_id: knowledgeAccountId,
        passages: passages.map((each) => passageOf({ passage: each, hits })),
      };
    },
  });

  const remove = defineRoute({
    method: 'delete',
    path: '/api/v1/knowledge/documents/{id}',
    operationId: 'removeDocument',
    tag,
    summary: 'Remove a document from the knowledge base',
    description: 'A later sync brings it back while its source is still there.',
    params: z.strictObject({ id: requiredText.max(500, 'must be at most 500 characters long') }),
    query: z.strictObject(accountInQuery),
    response: z.strictObject({ status: z.literal('removed'), account_id: accountId, id: z.string() }),
    errors: {
      404: '`knowledge.unknown-document`',
      409: '`knowledge.lent`: the account answers from the knowledge base of another one',
    },
    handle: async ({ params, query }) => {
      const userId = ownBaseOf(accounts.select(query.account_id));
      const { unknown } = await removeSources(
        { store: knowledge },
        { accountId: userId, sourceKeys: [params.id] },
      );
      if (unknown.length > 0) {
        throw new HttpError(
          `There is no document ${params.id}. GET /api/v1/knowledge/documents lists what there is.`,
          { status: 404, code: 'knowledge.unknown-document' },
        );
      }
      return { status: 'removed' as const, account_id: userId, id: params.id };
    },
  });

  return [list, search, remove];
}
