import type { KnowledgeRepositories, Repositories } from '@avito-autoreply/database';
import type { AnswerEngine, Retriever } from '@avito-autoreply/rag';
import type { Route } from '../api/route.ts';
import { type Account, createAccounts } from '../avito/accounts.ts';
import { createLastEventAt } from '../avito/last-event.ts';
import { accountRoutes } from './accounts.routes.ts';
import { alertRoutes } from './alerts.routes.ts';
import { answerRoutes } from './answers.routes.ts';
import { avitoChatRoutes } from './avito-chats.routes.ts';
import { chatRoutes } from './chats.routes.ts';
import { knowledgeRoutes } from './knowledge.routes.ts';
import { messageRoutes } from './messages.routes.ts';
import { spendRoutes } from './spend.routes.ts';
import { webhookRoutes } from './webhook.routes.ts';

export type RouteTableDeps = {
  accounts: readonly Account[];
  repositories: Pick<Repositories, 'alerts' | 'chats' | 'events' | 'spend'>;
  documents: KnowledgeRepositories['documents'];
  /** Of the model prices; null where there are none. */
  currency: string | null;
  engine: AnswerEngine;
  retriever: Retriever;
};

/** All of the management API, in the order in which its documentation shows it. */
export function routeTable({
  accounts: configured,
  repositories: { alerts, chats, events, spend },
  documents,
  currency,
  engine,
  retriever,
}: RouteTableDeps): Route[] {
  const accounts = createAccounts(configured);
  return [
    ...accountRoutes({ accounts }),
    ...webhookRoutes({
      accounts,
      lastEventAt: createLastEventAt({ chats, events }),
    }),
    ...alertRoutes({ accounts, alerts }),
    ...avitoChatRoutes({ accounts }),
    ...chatRoutes({ accounts, chats }),
    ...messageRoutes({ accounts, chats, events }),
    ...answerRoutes({ accounts, chats, engine }),
    ...spendRoutes({ accounts, spend, currency }),
    ...knowledgeRoutes({ accounts, documents, retriever }),
  ];
}
