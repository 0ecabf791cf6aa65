import type { KnowledgeRepositories } from '@avito-autoreply/database';
import { reportKnowledge } from '@avito-autoreply/rag';
import { z } from 'zod';
import { defineRoute, type Route } from '../api/route.ts';
import type { Accounts } from '../avito/accounts.ts';
import { accountId, accountInQuery, ownPage } from './fields.ts';

const tag = 'Knowledge';
const whose = { account_id: accountId, knowledge_account_id: accountId };

const place = { document_id: z.string(), heading: z.string(), text: z.string() };

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
          kind: z.enum(['price', 'hours', 'minutes', 'days', 'months', 'percent']).meta({
            description:
              '`minutes`, `days`, `months`: times that something takes; hours, weeks and years are told in them',
          }),
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

  return [report];
}
