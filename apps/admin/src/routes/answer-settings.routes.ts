import type { Repositories, SettingsVersion } from '@avito-autoreply/database';
import { answerSettingsSchema, defaultStaticTexts, type AnswerEngine } from '@avito-autoreply/rag';
import { z } from 'zod';
import { defineRoute, type Route } from '../api/route.ts';
import type { Accounts } from '../avito/accounts.ts';
import { answer, answerOf } from './answer-shape.ts';
import { accountId, accountInBody, accountInQuery, ownPage, requiredText, time, timeOf } from './fields.ts';

type SettingsRoutesDeps = {
  accounts: Accounts;
  answerSettings: Repositories['answerSettings'];
  engine: AnswerEngine;
};

const tag = 'Answers';
// Each is answered twice, by a model where one is configured.
const PREVIEWED_QUESTIONS = 20;

const settings = answerSettingsSchema.meta({ id: 'AnswerSettings' });

const version = z
  .strictObject({
    version: z.int(),
    settings: z.unknown().meta({ description: 'As they were published' }),
    author: z.string().nullable(),
    note: z.string().nullable(),
    restored_from: z.int().nullable().meta({ description: 'The version whose content this one repeats' }),
    created_at: time,
  })
  .meta({ id: 'SettingsVersion' });

const versionOf = (given: SettingsVersion): z.infer<typeof version> => ({
  version: given.version,
  settings: given.settings,
  author: given.author,
  note: given.note,
  restored_from: given.restoredFrom,
  created_at: timeOf(given.createdAt),
});

const signed = {
  author: requiredText.max(100, 'must be at most 100 characters long').optional(),
  note: requiredText.max(500, 'must be at most 500 characters long').optional(),
};
const versionNumber = z.int('must be the number of a version').positive('must be the number of a version');
const baseVersion = versionNumber.nullable().meta({
  description: 'The version that the change was made from; null while there is none',
});
const changed = '`answering.settings-changed`: another version holds by now';

/** How answers are worded: data, versioned, tried before it holds, and taken back by a new version with an old content. */
export function answerSettingsRoutes({ accounts, answerSettings, engine }: SettingsRoutesDeps): Route[] {
  const show = defineRoute({
    method: 'get',
    path: '/api/v1/answering/settings',
    operationId: 'getAnswerSettings',
    tag,
    summary: 'How answers are worded now: persona, tone, rules, prepared texts',
    query: z.strictObject(accountInQuery),
    response: z.strictObject({
      account_id: accountId,
      current: version.nullable().meta({ description: 'Null while the account has no settings of its own' }),
      default_texts: z
        .record(z.string(), z.string())
        .meta({ description: 'What is said where no text is set' }),
    }),
    handle: async ({ query }) => {
      const { userId } = accounts.select(query.account_id);
      const current = await answerSettings.current({ accountId: userId });
      return {
        account_id: userId,
        current: current === undefined ? null : versionOf(current),
        default_texts: defaultStaticTexts,
      };
    },
  });

  const publish = defineRoute({
    method: 'put',
    path: '/api/v1/answering/settings',
    operationId: 'publishAnswerSettings',
    tag,
    summary: 'Publish a new version of the answer settings; it holds at once',
    query: z.strictObject(accountInQuery),
    body: z.strictObject({ settings, base_version: baseVersion, ...signed, ...accountInBody }),
    response: z.strictObject({ account_id: accountId, current: version }),
    errors: { 409: changed },
    handle: async ({ query, body }) => {
      const { userId } = accounts.select(query.account_id, body.account_id);
      const { author, note, base_version } = body;
      const published = await answerSettings.publish({
        accountId: userId,
        settings: body.settings,
        baseVersion: base_version,
        author,
        note,
      });
      return { account_id: userId, current: versionOf(published) };
    },
  });

  const versions = defineRoute({
    method: 'get',
    path: '/api/v1/answering/settings/versions',
    operationId: 'listAnswerSettings',
    tag,
    summary: 'The versions of the answer settings, the newest first',
    query: z.strictObject({ limit: ownPage.limit, ...accountInQuery }),
    response: z.strictObject({ account_id: accountId, versions: z.array(version) }),
    handle: async ({ query }) => {
      const { userId } = accounts.select(query.account_id);
      const found = await answerSettings.list({ accountId: userId, limit: query.limit });
      return { account_id: userId, versions: found.map(versionOf) };
    },
  });

  const rollback = defineRoute({
    method: 'post',
    path: '/api/v1/answering/settings/rollback',
    operationId: 'rollBackAnswerSettings',
    tag,
    summary: 'Go back: a new version with the content of an old one',
    query: z.strictObject(accountInQuery),
    body: z.strictObject({
      version: versionNumber,
      base_version: baseVersion.optional(),
      ...signed,
      ...accountInBody,
    }),
    response: z.strictObject({ account_id: accountId, current: version }),
    errors: { 404: '`answering.unknown-version`', 409: changed },
    handle: async ({ query, body }) => {
      const { userId } = accounts.select(query.account_id, body.account_id);
      const { author, note, base_version } = body;
      const restored = await answerSettings.rollback({
        accountId: userId,
        version: body.version,
        baseVersion: base_version,
        author,
        note,
      });
      return { account_id: userId, current: versionOf(restored) };
    },
  });

  const preview = defineRoute({
    method: 'post',
    path: '/api/v1/answering/settings/preview',
    operationId: 'previewAnswerSettings',
    tag,
    summary: 'Answers by the current and by proposed settings, side by side; nothing is sent',
    query: z.strictObject(accountInQuery),
    body: z.strictObject({
      settings,
      questions: z
        .array(requiredText.max(4_000, 'must be at most 4000 characters long'))
        .min(1, 'must hold a question')
        .max(PREVIEWED_QUESTIONS, `must hold at most ${PREVIEWED_QUESTIONS} questions`),
      ...accountInBody,
    }),
    response: z.strictObject({
      account_id: accountId,
      answers: z.array(z.strictObject({ question: z.string(), current: answer, proposed: answer })),
    }),
    handle: async ({ query, body, signal }) => {
      const { userId, knowledgeAccountId } = accounts.select(query.account_id, body.account_id);
      const answers = [];
      for (const question of body.questions) {
        const asked = { accountId: userId, knowledgeAccountId, question, signal };
        const [current, proposed] = await Promise.all([
          engine.generateAnswer(asked),
          engine.generateAnswer({ ...asked, settings: body.settings }),
        ]);
        answers.push({ question, current: answerOf(current), proposed: answerOf(proposed) });
      }
      return { account_id: userId, answers };
    },
  });

  return [show, publish, versions, rollback, preview];
}
