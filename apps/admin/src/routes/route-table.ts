import type { Erase, KnowledgeRepositories, Repositories } from '@avito-autoreply/database';
import type { Queues } from '@avito-autoreply/queue';
import type { AnswerEngine, EmbedderOf, GapCollector, Retriever } from '@avito-autoreply/rag';
import { type Logger, systemClock } from '@avito-autoreply/runtime';
import type { Route } from '../api/route.ts';
import { type Account, createAccounts } from '../avito/accounts.ts';
import { createOperatorMessages } from '../avito/operator-messages.ts';
import { accountRoutes } from './accounts.routes.ts';
import { alertRoutes } from './alerts.routes.ts';
import { answerSettingsRoutes } from './answer-settings.routes.ts';
import { answerRoutes } from './answers.routes.ts';
import { approvedAnswerRoutes } from './approved-answers.routes.ts';
import { avitoAccountRoutes } from './avito-account.routes.ts';
import { avitoChatRoutes } from './avito-chats.routes.ts';
import { avitoMessageRoutes } from './avito-messages.routes.ts';
import { chatRoutes } from './chats.routes.ts';
import { draftRoutes } from './drafts.routes.ts';
import { gapRoutes } from './gaps.routes.ts';
import { jobRoutes } from './jobs.routes.ts';
import { knowledgeInsightRoutes } from './knowledge-insight.routes.ts';
import { knowledgeSourceRoutes } from './knowledge-sources.routes.ts';
import { knowledgeSpaceRoutes } from './knowledge-spaces.routes.ts';
import { knowledgeTransferRoutes } from './knowledge-transfer.routes.ts';
import { knowledgeUploadRoutes } from './knowledge-upload.routes.ts';
import { erasureRoutes } from './erasures.routes.ts';
import { knowledgeRoutes } from './knowledge.routes.ts';
import { messageRoutes } from './messages.routes.ts';
import { replyRoutes } from './replies.routes.ts';
import { spendRoutes } from './spend.routes.ts';
import { unansweredRoutes } from './unanswered.routes.ts';
import { webhookRoutes } from './webhook.routes.ts';

export type RouteTableDeps = {
  accounts: readonly Account[];
  /** Where ingest is reached from outside, if that is configured. */
  publicUrl: string | undefined;
  repositories: Repositories;
  /** Of the model prices; null where there are none. */
  currency: string | null;
  knowledge: KnowledgeRepositories;
  embedderOf: EmbedderOf;
  /** Of the configured embedding model. */
  configuredSpace: string | undefined;
  queues: Pick<Queues, 'enqueue' | 'failedJobs' | 'retryFailed'>;
  engine: AnswerEngine;
  retriever: Retriever;
  collectGaps: GapCollector;
  erase: Erase;
  logger: Logger;
};

/** All of the management API, in the order in which its documentation shows it. */
export function routeTable({
  accounts: configured,
  publicUrl,
  repositories: {
    alerts,
    answerSettings,
    approvedAnswers,
    chats,
    decisions,
    events,
    gaps,
    replies,
    sends,
    spend,
    turns,
    webhooks,
  },
  currency,
  knowledge,
  embedderOf,
  configuredSpace,
  queues,
  engine,
  retriever,
  collectGaps,
  erase,
  logger,
}: RouteTableDeps): Route[] {
  const accounts = createAccounts(configured);
  return [
    ...accountRoutes({ accounts }),
    ...webhookRoutes({
      accounts,
      publicUrl,
      webhooks,
      alerts,
    }),
    ...alertRoutes({ accounts, alerts }),
    ...avitoChatRoutes({ accounts }),
    ...avitoMessageRoutes({
      accounts,
      operatorMessages: createOperatorMessages({ turns, clock: systemClock, logger }),
    }),
    ...avitoAccountRoutes({ accounts }),
    ...chatRoutes({ accounts, chats }),
    ...draftRoutes({ accounts, decisions, queues }),
    ...unansweredRoutes({ accounts, decisions, queues }),
    ...messageRoutes({ accounts, chats, events }),
    ...answerRoutes({ accounts, chats, engine, currency }),
    ...replyRoutes({ accounts, replies, sends, currency }),
    ...gapRoutes({ accounts, gaps, approvedAnswers, collectGaps }),
    ...approvedAnswerRoutes({ accounts, approvedAnswers }),
    ...answerSettingsRoutes({ accounts, answerSettings, engine }),
    ...spendRoutes({ accounts, spend, currency }),
    ...knowledgeRoutes({ accounts, knowledge, retriever }),
    ...knowledgeInsightRoutes({ accounts, knowledge }),
    ...knowledgeSpaceRoutes({ accounts, knowledge, configuredSpace, queues }),
    ...knowledgeSourceRoutes({ accounts, knowledge, queues }),
    ...knowledgeTransferRoutes({ accounts, knowledge }),
    ...knowledgeUploadRoutes({ accounts, knowledge, embedderOf }),
    ...jobRoutes({ queues }),
    ...erasureRoutes({ accounts, erase }),
  ];
}
