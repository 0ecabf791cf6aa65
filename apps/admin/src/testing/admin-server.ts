import { createAccountClients } from '@avito-autoreply/avito';
import type { AccountConfig } from '@avito-autoreply/config';
import {
  createAvitoStores,
  createErase,
  createKnowledgeRepositories,
  createPool,
  createRepositories,
} from '@avito-autoreply/database';
import { connectQueues } from '@avito-autoreply/queue';
import {
  type AnswerEngine,
  createGapCollector,
  createRag,
  createStoredSettings,
  type Embedder,
} from '@avito-autoreply/rag';
import { createLifecycle, silentLogger, sleep, systemClock } from '@avito-autoreply/runtime';
import { listen } from '@avito-autoreply/runtime/http';
import { createAdminApp } from '../admin-app.ts';
import { clientLimits } from '../client-limits.ts';
import { createConsent } from '../avito/consent.ts';
import { createGlance } from '../glance.ts';
import { routeTable } from '../routes/route-table.ts';

export const API_KEY = 'the-key-of-the-administrator';

type AdminServerOptions = {
  databaseUrl: string;
  redisUrl: string | undefined;
  avitoBaseUrl: string;
  /** Each has a token of its own at the end of its webhook's address. */
  accounts: readonly (Pick<AccountConfig, 'userId'> & Partial<AccountConfig> & { webhookToken: string })[];
  /** Default: the real one, without a model. */
  engine?: AnswerEngine | undefined;
  /** Of every account; default: there is none. */
  embedder?: Embedder | undefined;
};

/** The whole management server on a free port, with a real database, queue and knowledge base. */
export async function startAdminServer({
  databaseUrl,
  redisUrl,
  avitoBaseUrl: baseUrl,
  accounts: given,
  engine,
  embedder,
}: AdminServerOptions) {
  const logger = silentLogger;
  const lifecycle = createLifecycle({ logger });
  const backend =
    redisUrl === undefined
      ? ({ kind: 'postgres', url: databaseUrl } as const)
      : ({ kind: 'redis', url: redisUrl, prefix: `admin-test-${process.pid}` } as const);
  const queues = await connectQueues({ backend, role: 'viewer', logger, lifecycle });
  const pool = createPool({ url: databaseUrl, max: 2, logger, lifecycle });
  const repositories = createRepositories(pool);
  const knowledge = createKnowledgeRepositories(pool);
  const rag = await createRag({
    pool,
    model: undefined,
    approved: repositories.approvedAnswers,
    settingsOf: createStoredSettings(repositories.answerSettings),
    logger,
  });
  const collectGaps = createGapCollector({ store: repositories.gaps, ...rag, logger });
  const accountIds = given.map(({ userId }) => userId);
  const stores = createAvitoStores({ pool, tokenKey: Buffer.alloc(32, 7) });
  const clientOf = createAccountClients({ baseUrl, ...stores, timeoutMs: 10_000 });
  const accounts = given.map(({ webhookToken: token, ...own }) => {
    const account = {
      name: undefined,
      clientId: `id-${own.userId}`,
      clientSecret: 'secret',
      webhook: { token, secrets: [], signatureMode: 'off' as const },
      isNamedInPath: given.length > 1,
      knowledgeAccountId: own.userId,
      ...own,
    };
    return {
      ...account,
      avito: clientOf(account),
      consent: createConsent({ account, baseUrl, stores }),
    };
  });
  const routes = routeTable({
    accounts,
    publicUrl: undefined,
    repositories,
    currency: 'RUB',
    knowledge,
    embedderOf: async () => embedder,
    configuredSpace: embedder?.spaceKey,
    queues,
    engine: engine ?? rag.engine,
    retriever: rag.retriever,
    collectGaps,
    erase: createErase({ erasures: repositories.erasures, queues, clock: systemClock, sleep, logger }),
    logger,
  });
  const app = createAdminApp({
    apiKey: API_KEY,
    routes,
    queues,
    glance: createGlance({ accounts, collectGaps, ...repositories }),
    openAlerts: () => repositories.alerts.listOpen({ accountIds }),
    pingDatabase: () => pool.query('select 1'),
    clock: systemClock,
    logger,
  });
  const { port, server } = await listen({ app, name: 'admin', port: 0, lifecycle, limits: clientLimits });
  return {
    url: `http://127.0.0.1:${port}`,
    routes,
    requestMs: server.requestTimeout,
    repositories,
    documents: knowledge.documents,
    knowledge,
    queues,
    close: () => lifecycle.shutdown('test is over'),
  };
}
