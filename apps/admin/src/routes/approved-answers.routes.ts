import type { ApprovedPair, Repositories } from '@avito-autoreply/database';
import { ownerText, readApprovedFile, readApprovedPair, writeApprovedFile } from '@avito-autoreply/rag';
import { AppError } from '@avito-autoreply/runtime';
import { HttpError } from '@avito-autoreply/runtime/http';
import { z } from 'zod';
import { statusOf } from '../api/error-status.ts';
import { defineRoute, type Route } from '../api/route.ts';
import { type Accounts, ownBaseOf } from '../avito/accounts.ts';
import { accountId, accountInBody, accountInQuery, ownPage, requiredText, time, timeOf } from './fields.ts';
import { tellProblem, toldProblem } from './told-problem.ts';

type ApprovedRoutesDeps = { accounts: Accounts; approvedAnswers: Repositories['approvedAnswers'] };

const tag = 'Answers';
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const MAX_IMPORT_BYTES = 5 * 1_024 * 1_024;
/** Far above what anybody writes by hand. */
const MAX_EXPORTED = 100_000;

const pair = z
  .strictObject({
    id: z.string(),
    question: z.string(),
    answer: z.string(),
    gap_id: z.string().nullable().meta({ description: 'The gap that it closed' }),
    created_at: time,
    updated_at: time,
  })
  .meta({ id: 'ApprovedAnswer' });

const pairOf = (given: ApprovedPair): z.infer<typeof pair> => ({
  id: given.id,
  question: given.question,
  answer: given.answer,
  gap_id: given.gapId,
  created_at: timeOf(given.createdAt),
  updated_at: timeOf(given.updatedAt),
});

const written = {
  question: requiredText
    .max(4_000, 'must be at most 4000 characters long')
    .meta({ minLength: 1, maxLength: 4_000 }),
  answer: requiredText.max(8_000, 'must be at most 8000 characters long').meta({
    minLength: 1,
    maxLength: 8_000,
    description: 'Markdown is taken off; over 1,000 characters it leaves in parts',
  }),
};
const pairInPath = z.strictObject({ id: requiredText.max(50, 'must be at most 50 characters long') });
const lent = '`knowledge.lent`: the account answers from the knowledge base of another one';
/** What the file is, and what to do; whatever else goes wrong is told as it is. */
function refuseUnreadable(error: unknown): never {
  if (!(error instanceof AppError) || statusOf(error) !== undefined || !error.code.startsWith('knowledge.'))
    throw error;
  throw new HttpError(`${error.message}. ${ownerText(error.code)}`, { status: 422, code: error.code });
}

const unknown = (id: string) =>
  new HttpError(`There is no approved answer ${id}. GET /api/v1/approved-answers lists what there is.`, {
    status: 404,
    code: 'answering.unknown-pair',
  });

/** Pairs that are sent as they stand, without a model; the next question gets them. */
export function approvedAnswerRoutes({ accounts, approvedAnswers }: ApprovedRoutesDeps): Route[] {
  const list = defineRoute({
    method: 'get',
    path: '/api/v1/approved-answers',
    operationId: 'listApprovedAnswers',
    tag,
    summary: 'The approved answers, the newest first',
    query: z.strictObject({
      q: requiredText
        .max(200, 'must be at most 200 characters long')
        .optional()
        .meta({ description: 'A part of the question or the answer' }),
      ...ownPage,
      ...accountInQuery,
    }),
    response: z.strictObject({ account_id: accountId, total: z.int(), answers: z.array(pair) }),
    handle: async ({ query }) => {
      const { knowledgeAccountId } = accounts.select(query.account_id);
      const { q: search, limit, offset } = query;
      const { total, pairs } = await approvedAnswers.list({
        accountId: knowledgeAccountId,
        search,
        limit,
        offset,
      });
      return { account_id: knowledgeAccountId, total, answers: pairs.map(pairOf) };
    },
  });

  const add = defineRoute({
    method: 'post',
    path: '/api/v1/approved-answers',
    operationId: 'addApprovedAnswer',
    tag,
    summary: 'Approve an answer; of a question that has one already it is replaced',
    query: z.strictObject(accountInQuery),
    body: z.strictObject({ ...written, ...accountInBody }),
    response: z.strictObject({ account_id: accountId, outcome: z.enum(['added', 'changed', 'unchanged']) }),
    errors: { 400: '`answering.bad-pair`: the question asks nothing, or the answer is empty', 409: lent },
    handle: async ({ query, body }) => {
      const userId = ownBaseOf(accounts.select(query.account_id, body.account_id));
      const { added, changed } = await approvedAnswers.save({
        accountId: userId,
        pairs: [readApprovedPair(body)],
      });
      const outcome =
        added > 0 ? ('added' as const) : changed > 0 ? ('changed' as const) : ('unchanged' as const);
      return { account_id: userId, outcome };
    },
  });

  const change = defineRoute({
    method: 'put',
    path: '/api/v1/approved-answers/{id}',
    operationId: 'changeApprovedAnswer',
    tag,
    summary: 'Change an approved answer or its question',
    params: pairInPath,
    query: z.strictObject(accountInQuery),
    body: z.strictObject({ ...written, ...accountInBody }),
    response: z.strictObject({ account_id: accountId, answer: pair }),
    errors: {
      404: '`answering.unknown-pair`',
      409: '`answering.duplicate-question`: another pair has that question; or `knowledge.lent`',
    },
    handle: async ({ params, query, body }) => {
      const userId = ownBaseOf(accounts.select(query.account_id, body.account_id));
      const changed = await approvedAnswers.change({
        accountId: userId,
        id: params.id,
        pair: readApprovedPair(body),
      });
      if (changed === undefined) throw unknown(params.id);
      return { account_id: userId, answer: pairOf(changed) };
    },
  });

  const remove = defineRoute({
    method: 'delete',
    path: '/api/v1/approved-answers/{id}',
    operationId: 'removeApprovedAnswer',
    tag,
    summary: 'Remove an approved answer',
    params: pairInPath,
    query: z.strictObject(accountInQuery),
    response: z.strictObject({ status: z.literal('removed'), account_id: accountId, id: z.string() }),
    errors: { 404: '`answering.unknown-pair`', 409: lent },
    handle: async ({ params, query }) => {
      const userId = ownBaseOf(accounts.select(query.account_id));
      if (!(await approvedAnswers.remove({ accountId: userId, id: params.id }))) throw unknown(params.id);
      return { status: 'removed' as const, account_id: userId, id: params.id };
    },
  });

  const importFile = defineRoute({
    method: 'post',
    path: '/api/v1/approved-answers/import',
    operationId: 'importApprovedAnswers',
    tag,
    summary: 'Add the pairs of a file: Excel or CSV with a header row „question,answer“, or JSON',
    description:
      'JSON is sent as application/octet-stream, and Excel (.xlsx) may be. All of the file or nothing: a pair that cannot be used is named.',
    query: z.strictObject(accountInQuery),
    upload: { maxBytes: MAX_IMPORT_BYTES, types: ['text/csv', XLSX, 'application/octet-stream'] },
    response: z.strictObject({
      account_id: accountId,
      added: z.int(),
      changed: z.int(),
      unchanged: z.int(),
      left_out: z
        .array(z.strictObject({ at: z.string(), missing: z.enum(['question', 'answer']) }))
        .meta({ description: 'Entries without a question or an answer, and where they stand' }),
      warnings: z
        .array(toldProblem)
        .meta({ description: 'What else of the file was not read, as other tables or hidden rows of Excel' }),
    }),
    errors: {
      400: '`answering.bad-pair`: which pair, and why; or `knowledge.bad-csv`',
      409: lent,
      422: '`knowledge.*`: the file cannot be read; the code says why',
    },
    handle: async ({ query, file }) => {
      const userId = ownBaseOf(accounts.select(query.account_id));
      const { pairs, incomplete, warnings } = await readApprovedFile(await file()).catch(refuseUnreadable);
      const { added, changed, unchanged } = await approvedAnswers.save({ accountId: userId, pairs });
      return {
        account_id: userId,
        added,
        changed,
        unchanged,
        left_out: [...incomplete],
        warnings: warnings.map((warning) => tellProblem(warning)),
      };
    },
  });

  const exportFile = defineRoute({
    method: 'get',
    path: '/api/v1/approved-answers/export',
    operationId: 'exportApprovedAnswers',
    tag,
    summary: 'All approved answers as a file that the import reads back',
    query: z.strictObject({ format: z.enum(['csv', 'json']).default('csv'), ...accountInQuery }),
    response: z.strictObject({
      account_id: accountId,
      format: z.enum(['csv', 'json']),
      content: z.string().meta({ description: 'The file, sorted by question' }),
    }),
    handle: async ({ query: { account_id, format } }) => {
      const { knowledgeAccountId } = accounts.select(account_id);
      const { pairs } = await approvedAnswers.list({ accountId: knowledgeAccountId, limit: MAX_EXPORTED });
      return { account_id: knowledgeAccountId, format, content: writeApprovedFile(pairs, { format }) };
    },
  });

  return [list, add, importFile, exportFile, change, remove];
}
