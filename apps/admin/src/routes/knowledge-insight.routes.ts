import type { KnowledgeRepositories } from '@avito-autoreply/database';
import { reportKnowledge } from '@avito-autoreply/rag';
import { HttpError } from '@avito-autoreply/runtime/http';
import { z } from 'zod';
import { defineRoute, type Route } from '../api/route.ts';
import { type Accounts, ownBaseOf } from '../avito/accounts.ts';
import { accountId, accountInBody, accountInQuery, ownPage, requiredText } from './fields.ts';

const tag = 'Knowledge';
const whose = { account_id: accountId, knowledge_account_id: accountId };

const place = { document_id: z.string(), heading: z.string(), text: z.string() };

const space = z
  .strictObject({
    id: z.string().meta({ description: 'Model, asked dimensions and prefix rule' }),
    model: z.string(),
    dimensions: z.int(),
    vectors: z.int(),
    missing: z.int().meta({ description: 'Passages without a vector in it' }),
    serves: z.boolean(),
  })
  .meta({ id: 'EmbeddingSpace' });

// Below what browsers and proxies wait.
const REPORT_BUDGET_MS = 20_000;

type InsightRoutesDeps = { accounts: Accounts; knowledge: KnowledgeRepositories };

export function knowledgeInsightRoutes({ accounts, knowledge }: InsightRoutesDeps): Route[] {
  const report = defineRoute({
    method: 'get',
    path: '/api/v1/knowledge/report',
    operationId: 'reportKnowledge',
    tag,
    summary: 'What the base says twice, and where it contradicts itself',
    description:
      'Both places are named; nothing is changed. A base too large for a request is compared as far as the time allows: `is_complete` is then false, and `autoreply kb report` reads all of it.',
    query: z.strictObject({ limit: ownPage.limit, ...accountInQuery }),
    response: z.strictObject({
      ...whose,
      passages: z.int(),
      is_cut: z.boolean().meta({ description: 'There are more of either than `limit`' }),
      is_complete: z.boolean().meta({ description: '`false`: the time was up before all was compared' }),
      duplicates: z.array(z.strictObject({ similarity: z.number(), places: z.array(z.strictObject(place)) })),
      contradictions: z.array(
        z.strictObject({
          kind: z.enum(['price', 'hours', 'days', 'months', 'percent']),
          places: z.array(z.strictObject({ ...place, value: z.string() })),
        }),
      ),
    }),
    handle: async ({ query, signal }) => {
      const { userId, knowledgeAccountId } = accounts.select(query.account_id);
      const found = await reportKnowledge(knowledge, {
        accountId: knowledgeAccountId,
        limit: query.limit,
        budgetMs: REPORT_BUDGET_MS,
        signal,
      });
      return {
        account_id: userId,
        knowledge_account_id: knowledgeAccountId,
        passages: found.chunks,
        is_cut: found.isCut,
        is_complete: found.isComplete,
        duplicates: found.duplicates.map(({ similarity, places }) => ({
          similarity,
          places: places.map(({ sourceKey, ...rest }) => ({ document_id: sourceKey, ...rest })),
        })),
        contradictions: found.contradictions.map(({ kind, places }) => ({
          kind,
          places: places.map(({ sourceKey, ...rest }) => ({ document_id: sourceKey, ...rest })),
        })),
      };
    },
  });

  const spaces = defineRoute({
    method: 'get',
    path: '/api/v1/knowledge/spaces',
    operationId: 'listEmbeddingSpaces',
    tag,
    summary: 'The embedding spaces of the base, and which one serves',
    query: z.strictObject(accountInQuery),
    response: z.strictObject({ ...whose, spaces: z.array(space) }),
    handle: async ({ query }) => {
      const { userId, knowledgeAccountId } = accounts.select(query.account_id);
      const found = await knowledge.spaces.list({ accountId: knowledgeAccountId });
      return {
        account_id: userId,
        knowledge_account_id: knowledgeAccountId,
        spaces: found.map(({ key: id, isActive: serves, ...rest }) => ({ id, ...rest, serves })),
      };
    },
  });

  const switchSpace = defineRoute({
    method: 'post',
    path: '/api/v1/knowledge/spaces/switch',
    operationId: 'switchEmbeddingSpace',
    tag,
    summary: 'Let another filled space serve',
    description: '`autoreply kb reembed` fills one.',
    query: z.strictObject(accountInQuery),
    body: z.strictObject({ space: requiredText, ...accountInBody }),
    response: z.strictObject({ account_id: accountId, space: z.string() }),
    errors: {
      404: '`database.unknown-space`',
      409: '`knowledge.space-incomplete`: passages lack a vector in it; or `knowledge.lent`',
    },
    handle: async ({ query, body }) => {
      const userId = ownBaseOf(accounts.select(query.account_id, body.account_id));
      const missing = await knowledge.spaces.activate({ accountId: userId, spaceKey: body.space });
      if (missing > 0) {
        throw new HttpError(
          `${missing} passages have no vector in ${body.space}: run \`autoreply kb reembed\`.`,
          {
            status: 409,
            code: 'knowledge.space-incomplete',
          },
        );
      }
      return { account_id: userId, space: body.space };
    },
  });

  return [report, spaces, switchSpace];
}
