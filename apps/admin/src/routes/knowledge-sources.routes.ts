import type { KnowledgeRepositories, KnowledgeSource } from '@avito-autoreply/database';
import { type Queues, refreshKnowledge } from '@avito-autoreply/queue';
import { LISTINGS_KEY, parseSourceUrl, removeSources } from '@avito-autoreply/rag';
import { HttpError } from '@avito-autoreply/runtime/http';
import { z } from 'zod';
import { defineRoute, type Route } from '../api/route.ts';
import { type Accounts, ownBaseOf } from '../avito/accounts.ts';
import {
  accountId,
  accountInBody,
  accountInQuery,
  itemId,
  requiredText,
  time,
  timeOrNull,
} from './fields.ts';
import { tellProblem, toldProblem } from './told-problem.ts';

const tag = 'Knowledge';

const source = z
  .strictObject({
    id: z.string().meta({ description: 'An address, `avito:listings`, or where a file lay' }),
    kind: z.string().meta({ description: '`url`, `listings`, or the kind of the file' }),
    item_id: z.int().nullable(),
    every_hours: z
      .number()
      .nullable()
      .meta({ description: 'Read again so often; null: only when asked for' }),
    next_at: time.nullable(),
    state: z.enum(['new', 'syncing', 'synced', 'failed']),
    progress: z
      .strictObject({ done: z.int(), total: z.int() })
      .nullable()
      .meta({ description: 'While syncing' }),
    error: toldProblem.nullable(),
    warnings: z
      .array(toldProblem)
      .meta({ description: 'What of it the base does not hold, as rows without an answer' }),
    checked_at: time.nullable(),
  })
  .meta({ id: 'KnowledgeSource' });

const sourceAnswer = (found: KnowledgeSource): z.infer<typeof source> => ({
  id: found.sourceKey,
  kind: found.kind,
  item_id: found.itemId,
  every_hours: found.everyMinutes === null ? null : found.everyMinutes / 60,
  next_at: timeOrNull(found.nextAt),
  state: found.state,
  progress: found.state === 'syncing' ? { done: found.done, total: found.total } : null,
  error: found.error && tellProblem(found.error),
  warnings: found.warnings.map((warning) => tellProblem(warning)),
  checked_at: timeOrNull(found.checkedAt),
});

type SourceRoutesDeps = {
  accounts: Accounts;
  knowledge: KnowledgeRepositories;
  queues: Pick<Queues, 'enqueue'>;
};

const unknownSource = (id: string) =>
  new HttpError(`There is no source ${id}. GET /api/v1/knowledge/sources lists what there is.`, {
    status: 404,
    code: 'knowledge.unknown-source',
  });

const lent = '`knowledge.lent`: the account answers from the knowledge base of another one';
const idInPath = z.strictObject({ id: requiredText.max(2_000, 'must be at most 2000 characters long') });
const hours = z
  .int('must be a whole number of hours')
  .min(1, 'must be at least 1')
  .max(8_760, 'must be at most 8760');

/** The address that is asked for; undefined: the listings, which nobody gets by leaving something out. */
function pageOf({ kind, url }: { kind?: 'url' | 'listings' | undefined; url?: string | undefined }) {
  if (kind === 'listings' ? url !== undefined : url === undefined) {
    throw new HttpError('Give the url of a page, or "kind": "listings" for the listings of the account.', {
      status: 400,
      code: 'request.invalid',
    });
  }
  // Before anything is kept: a source is listed and exported as it was given.
  if (url !== undefined) parseSourceUrl(url);
  return url;
}

export function knowledgeSourceRoutes({ accounts, knowledge, queues }: SourceRoutesDeps): Route[] {
  const list = defineRoute({
    method: 'get',
    path: '/api/v1/knowledge/sources',
    operationId: 'listSources',
    tag,
    summary: 'What the base is read from, with the outcome of the last reading of each',
    query: z.strictObject(accountInQuery),
    response: z.strictObject({
      account_id: accountId,
      knowledge_account_id: accountId,
      sources: z.array(source),
    }),
    handle: async ({ query }) => {
      const { userId, knowledgeAccountId } = accounts.select(query.account_id);
      const found = await knowledge.sources.list({ accountId: knowledgeAccountId });
      return {
        account_id: userId,
        knowledge_account_id: knowledgeAccountId,
        sources: found.map(sourceAnswer),
      };
    },
  });

  const add = defineRoute({
    method: 'post',
    path: '/api/v1/knowledge/sources',
    operationId: 'addSource',
    tag,
    summary: 'Read an address, or the listings of the account, now and again',
    description:
      'A worker reads it at once, and then every `every_hours`. Asking again for the same source reads it anew; rhythm and listing stay as they are where they are left out. ' +
      'Addresses of private networks are refused, and robots.txt is obeyed.',
    query: z.strictObject(accountInQuery),
    body: z.strictObject({
      kind: z
        .enum(['url', 'listings'], 'must be url or listings')
        .optional()
        .meta({ description: '`listings`: those of the account. Left out: the address in `url`' }),
      url: z
        .url({ protocol: /^https?$/, error: 'must be an address starting with http:// or https://' })
        .max(2_000, 'must be at most 2000 characters long')
        .optional(),
      every_hours: hours.nullable().optional().meta({ description: '`null`: only when asked for' }),
      item_id: itemId.nullable().optional().meta({ description: '`null`: the whole shop' }),
      ...accountInBody,
    }),
    response: z.strictObject({ account_id: accountId, source }),
    errors: {
      400: '`knowledge.url-bad`: the address holds a name and a password, or the character NUL; `knowledge.url-forbidden`: it leads into a private network; or `request.invalid`: neither `url` nor `"kind": "listings"` is given, or both are',
      409: lent,
      503: '`queue.unavailable`: the source is kept and read within a minute of its return',
    },
    handle: async ({ query, body }) => {
      const url = pageOf(body);
      const userId = ownBaseOf(accounts.select(query.account_id, body.account_id));
      const sourceKey = url ?? LISTINGS_KEY;
      const known = await knowledge.sources.find({ accountId: userId, sourceKey });
      const { every_hours: everyHours, item_id: wantedItem = known?.itemId ?? null } = body;
      await knowledge.sources.save({
        accountId: userId,
        sourceKey,
        kind: url === undefined ? 'listings' : 'url',
        itemId: url === undefined ? null : wantedItem,
        everyMinutes:
          everyHours === undefined ? (known?.everyMinutes ?? null) : everyHours && everyHours * 60,
        isDueNow: true,
      });
      await queues.enqueue(refreshKnowledge, {});
      const saved = await knowledge.sources.find({ accountId: userId, sourceKey });
      if (saved === undefined) throw unknownSource(sourceKey);
      return { account_id: userId, source: sourceAnswer(saved) };
    },
  });

  const remove = defineRoute({
    method: 'delete',
    path: '/api/v1/knowledge/sources/{id}',
    operationId: 'removeSource',
    tag,
    summary: 'Remove a source with its documents',
    params: idInPath,
    query: z.strictObject(accountInQuery),
    response: z.strictObject({ status: z.literal('removed'), account_id: accountId, id: z.string() }),
    errors: { 404: '`knowledge.unknown-source`', 409: lent },
    handle: async ({ params, query }) => {
      const userId = ownBaseOf(accounts.select(query.account_id));
      const { unknown } = await removeSources(
        { store: knowledge },
        { accountId: userId, sourceKeys: [params.id] },
      );
      if (unknown.length > 0) throw unknownSource(params.id);
      return { status: 'removed' as const, account_id: userId, id: params.id };
    },
  });

  return [list, add, remove];
}
