import type { KnowledgeRepositories, SpaceRebuild } from '@avito-autoreply/database';
import { type Queues, rebuildSpaces } from '@avito-autoreply/queue';
import { ownerText } from '@avito-autoreply/rag';
import { HttpError } from '@avito-autoreply/runtime/http';
import { z } from 'zod';
import { defineRoute, type Route } from '../api/route.ts';
import { type Accounts, ownBaseOf } from '../avito/accounts.ts';
import {
  accountId,
  accountInBody,
  accountInQuery,
  requiredText,
  time,
  timeOf,
  timeOrNull,
} from './fields.ts';
import { tellProblem, toldProblem } from './told-problem.ts';

const tag = 'Knowledge';
const whose = { account_id: accountId, knowledge_account_id: accountId };
const lent = '`knowledge.lent`: the account answers from the knowledge base of another one';

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

const rebuild = z
  .strictObject({
    space: z.string(),
    switch: z.boolean().meta({ description: 'It serves once it is filled' }),
    state: z.enum(['waiting', 'running', 'done', 'failed']),
    progress: z
      .strictObject({ done: z.int(), total: z.int() })
      .nullable()
      .meta({ description: 'Passages, while it runs' }),
    error: toldProblem.nullable(),
    asked_at: time,
    ended_at: time.nullable(),
  })
  .meta({ id: 'SpaceRebuild' });

const rebuildOwnerText = (code: string) =>
  code.startsWith('knowledge.')
    ? ownerText(code)
    : 'Не все векторы построены: поиск идёт как прежде. Когда модель будет доступна, запустите ещё раз, сделанное сохранилось.';

const rebuildAnswer = (found: SpaceRebuild): z.infer<typeof rebuild> => ({
  space: found.spaceKey,
  switch: found.isSwitching,
  state: found.state,
  progress: found.state === 'running' ? { done: found.done, total: found.total } : null,
  error: found.error && tellProblem(found.error, rebuildOwnerText),
  asked_at: timeOf(found.askedAt),
  ended_at: timeOrNull(found.endedAt),
});

type SpaceRoutesDeps = {
  accounts: Accounts;
  knowledge: KnowledgeRepositories;
  /** That of the configured model. */
  configuredSpace: string | undefined;
  queues: Pick<Queues, 'enqueue'>;
};

export function knowledgeSpaceRoutes({
  accounts,
  knowledge,
  configuredSpace,
  queues,
}: SpaceRoutesDeps): Route[] {
  const spaces = defineRoute({
    method: 'get',
    path: '/api/v1/knowledge/spaces',
    operationId: 'listEmbeddingSpaces',
    tag,
    summary: 'The embedding spaces of the base, which one serves, and the one that is being filled',
    query: z.strictObject(accountInQuery),
    response: z.strictObject({
      ...whose,
      configured: z
        .string()
        .nullable()
        .meta({ description: 'What the configured model fills; null: no embedding model is configured' }),
      spaces: z.array(space),
      rebuild: rebuild.nullable().meta({ description: 'The latest that was asked for' }),
    }),
    handle: async ({ query }) => {
      const { userId, knowledgeAccountId } = accounts.select(query.account_id);
      const found = await knowledge.spaces.list({ accountId: knowledgeAccountId });
      const latest = await knowledge.rebuilds.find({ accountId: knowledgeAccountId });
      return {
        account_id: userId,
        knowledge_account_id: knowledgeAccountId,
        configured: configuredSpace ?? null,
        rebuild: latest === undefined ? null : rebuildAnswer(latest),
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
    description:
      '`POST /api/v1/knowledge/spaces/rebuild` fills one. Back as well: the old space is kept until it is dropped.',
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
          `${missing} passages have no vector in ${body.space}: fill it first, by POST /api/v1/knowledge/spaces/rebuild with its model configured.`,
          {
            status: 409,
            code: 'knowledge.space-incomplete',
          },
        );
      }
      return { account_id: userId, space: body.space };
    },
  });

  const rebuildSpace = defineRoute({
    method: 'post',
    path: '/api/v1/knowledge/spaces/rebuild',
    operationId: 'rebuildEmbeddingSpace',
    tag,
    summary: 'Have a worker fill the space of the configured model, and then let it serve',
    description:
      'After another model was configured. The old space serves until all passages have vectors in the new one; how far it is, ' +
      '`GET /api/v1/knowledge/spaces` says. After a failure ask again: it goes on where it was. While one runs, asking changes nothing.',
    query: z.strictObject(accountInQuery),
    body: z.strictObject({
      switch: z
        .boolean('must be true or false')
        .default(true)
        .meta({ description: '`false`: the space is filled and waits for the switch' }),
      ...accountInBody,
    }),
    response: z.strictObject({ account_id: accountId, rebuild }),
    errors: {
      409: `\`knowledge.no-embedding-model\`: none is configured; or ${lent}`,
      503: '`queue.unavailable`',
    },
    handle: async ({ query, body }) => {
      const userId = ownBaseOf(accounts.select(query.account_id, body.account_id));
      if (configuredSpace === undefined) {
        throw new HttpError(
          'No embedding model is configured: set OPENAI_API_KEY and OPENAI_EMBEDDING_MODEL for admin and worker.',
          { status: 409, code: 'knowledge.no-embedding-model' },
        );
      }
      await knowledge.rebuilds.ask({
        accountId: userId,
        spaceKey: configuredSpace,
        isSwitching: body.switch,
      });
      await queues.enqueue(rebuildSpaces, {});
      const asked = await knowledge.rebuilds.find({ accountId: userId });
      if (asked === undefined) throw new Error(`the rebuild of account ${userId} is gone`);
      return { account_id: userId, rebuild: rebuildAnswer(asked) };
    },
  });

  const dropSpace = defineRoute({
    method: 'delete',
    path: '/api/v1/knowledge/spaces/{id}',
    operationId: 'dropEmbeddingSpace',
    tag,
    summary: 'Remove the vectors of a space that does not serve',
    params: z.strictObject({ id: requiredText.max(500, 'must be at most 500 characters long') }),
    query: z.strictObject(accountInQuery),
    response: z.strictObject({
      status: z.literal('removed'),
      account_id: accountId,
      id: z.string(),
      vectors: z.int().meta({ description: 'How many there were' }),
    }),
    errors: {
      404: '`database.unknown-space`',
      409: `\`database.space-in-use\`: it serves the questions; or ${lent}`,
    },
    handle: async ({ params: { id }, query }) => {
      const userId = ownBaseOf(accounts.select(query.account_id));
      const vectors = await knowledge.spaces.drop({ accountId: userId, spaceKey: id });
      return { status: 'removed' as const, account_id: userId, id, vectors };
    },
  });

  return [spaces, switchSpace, rebuildSpace, dropSpace];
}
