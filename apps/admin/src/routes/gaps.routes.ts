import type { Gap, Repositories } from '@avito-autoreply/database';
import { createAnswerGap, GAP_DAYS, type GapCollector } from '@avito-autoreply/rag';
import { HttpError } from '@avito-autoreply/runtime/http';
import { z } from 'zod';
import { defineRoute, type Route } from '../api/route.ts';
import type { Accounts } from '../avito/accounts.ts';
import { accountId, accountInBody, accountInQuery, ownPage, requiredText, time, timeOf } from './fields.ts';

type GapRoutesDeps = {
  accounts: Accounts;
  gaps: Repositories['gaps'];
  approvedAnswers: Pick<Repositories['approvedAnswers'], 'save'>;
  collectGaps: GapCollector;
};

const tag = 'Answers';
/** Usually a few questions are new; after a long time the next requests gather on. */
const COLLECT_MS = 2_000;

const gap = z
  .strictObject({
    gap_id: z.string(),
    status: z.enum(['open', 'answered', 'dismissed']),
    question: z.string().meta({ description: 'In the wording in which it was asked most' }),
    count: z.int(),
    chats: z.int(),
    examples: z.array(z.strictObject({ question: z.string(), count: z.int() })),
    first_seen_at: time,
    last_seen_at: time,
  })
  .meta({ id: 'Gap' });

const gapOf = (given: Gap): z.infer<typeof gap> => ({
  gap_id: given.gapId,
  status: given.status,
  question: given.question,
  count: given.count,
  chats: given.chats,
  examples: given.examples,
  first_seen_at: timeOf(given.firstSeenAt),
  last_seen_at: timeOf(given.lastSeenAt),
});

const gapInPath = z.strictObject({ gap_id: requiredText.max(50, 'must be at most 50 characters long') });

/** What buyers ask and nothing answers. */
export function gapRoutes({ accounts, gaps, approvedAnswers, collectGaps }: GapRoutesDeps): Route[] {
  const answerGap = createAnswerGap({ gaps, approved: approvedAnswers });

  const list = defineRoute({
    method: 'get',
    path: '/api/v1/gaps',
    operationId: 'listGaps',
    tag,
    summary: 'What buyers ask and nothing answers, the most asked first',
    description: `Of the last ${GAP_DAYS} days. Questions that ask the same are one gap.`,
    query: z.strictObject({
      status: z.enum(['open', 'answered', 'dismissed']).default('open'),
      ...ownPage,
      ...accountInQuery,
    }),
    response: z.strictObject({
      account_id: accountId,
      total: z.int(),
      is_complete: z
        .boolean()
        .meta({ description: 'False: more questions are still to be gathered, ask again' }),
      gaps: z.array(gap),
    }),
    handle: async ({ query, signal }) => {
      const { userId } = accounts.select(query.account_id);
      const { status, limit, offset } = query;
      const { isComplete } = await collectGaps({ accountId: userId, budgetMs: COLLECT_MS, signal });
      const found = await gaps.list({ accountId: userId, status, days: GAP_DAYS, limit, offset });
      return {
        account_id: userId,
        total: found.total,
        is_complete: isComplete,
        gaps: found.gaps.map(gapOf),
      };
    },
  });

  const answer = defineRoute({
    method: 'post',
    path: '/api/v1/gaps/{gap_id}/answer',
    operationId: 'answerGap',
    tag,
    summary: 'Answer a gap: it becomes an approved answer, which the next question gets',
    params: gapInPath,
    query: z.strictObject(accountInQuery),
    body: z.strictObject({
      answer: requiredText
        .max(8_000, 'must be at most 8000 characters long')
        .meta({ minLength: 1, maxLength: 8_000 }),
      question: requiredText
        .max(4_000, 'must be at most 4000 characters long')
        .optional()
        .meta({ description: 'In place of the wording in which it was asked most' }),
      all_wordings: z.boolean('must be true or false').default(false).meta({
        description: 'Every wording of the gap gets the answer, but for those that name other numbers',
      }),
      ...accountInBody,
    }),
    response: z.strictObject({
      status: z.literal('answered'),
      account_id: accountId,
      gap_id: z.string(),
      questions: z.array(z.string()).meta({ description: 'Which have the answer now' }),
    }),
    errors: { 400: '`answering.bad-pair`', 404: '`answering.unknown-gap`' },
    handle: async ({ params, query, body }) => {
      const { userId, knowledgeAccountId } = accounts.select(query.account_id, body.account_id);
      const { questions } = await answerGap({
        accountId: userId,
        knowledgeAccountId,
        gapId: params.gap_id,
        answer: body.answer,
        question: body.question,
        allWordings: body.all_wordings,
      });
      return { status: 'answered' as const, account_id: userId, gap_id: params.gap_id, questions };
    },
  });

  const dismiss = defineRoute({
    method: 'post',
    path: '/api/v1/gaps/{gap_id}/dismiss',
    operationId: 'dismissGap',
    tag,
    summary: 'Dismiss a gap: questions like it are not shown any more',
    params: gapInPath,
    query: z.strictObject(accountInQuery),
    body: z.strictObject(accountInBody),
    response: z.strictObject({ status: z.literal('dismissed'), account_id: accountId, gap_id: z.string() }),
    errors: { 404: '`answering.unknown-gap`' },
    handle: async ({ params, query, body }) => {
      const { userId } = accounts.select(query.account_id, body.account_id);
      const gapId = params.gap_id;
      if (!(await gaps.close({ accountId: userId, gapId, status: 'dismissed' }))) {
        throw new HttpError(`There is no gap ${gapId}. GET /api/v1/gaps lists what there is.`, {
          status: 404,
          code: 'answering.unknown-gap',
        });
      }
      return { status: 'dismissed' as const, account_id: userId, gap_id: gapId };
    },
  });

  return [list, answer, dismiss];
}
