import { createAccountClients } from '@avito-autoreply/avito';
import {
  assertMigrated,
  createAvitoStores,
  createErase,
  createKnowledgeRepositories,
  createPool,
  createRepositories,
} from '@avito-autoreply/database';
import { connectQueues } from '@avito-autoreply/queue';
import { createGapCollector, createRag, createStoredSettings } from '@avito-autoreply/rag';
import {
  createLifecycle,
  createLogger,
  listenToProcess,
  releaseStartUpMemory,
  runMain,
  sleep,
  systemClock,
} from '@avito-autoreply/runtime';
import { listen } from '@avito-autoreply/runtime/http';
import { createAdminApp } from './admin-app.ts';
import { loadAdminConfig } from './admin.config.ts';
import { clientLimits } from './client-limits.ts';
import { createConsent } from './avito/consent.ts';
import { createGlance } from './glance.ts';
import { routeTable } from './routes/route-table.ts';

// A few people at most look at these pages at a time.
const DATABASE_CONNECTIONS = 4;

await runMain(async () => {
  const config = await loadAdminConfig(process.env);
  const { databaseUrl: url, backend, accounts, avitoBaseUrl: baseUrl, model, rerank, prices } = config;
  const logger = createLogger({ service: 'admin', ...config.log, secrets: config.secrets });
  const lifecycle = createLifecycle({ logger });
  listenToProcess({ lifecycle, logger });

  await assertMigrated({ url });
  const pool = createPool({ url, max: DATABASE_CONNECTIONS, logger, lifecycle });
  const queues = await connectQueues({ backend, role: 'viewer', logger, lifecycle });
  const repositories = createRepositories(pool);
  const accountIds = accounts.map((account) => account.userId);
  const stores = createAvitoStores({ pool, tokenKey: config.tokenKey });
  const clientOf = createAccountClients({ baseUrl, ...stores, logger });
  const knowledge = createKnowledgeRepositories(pool);
  const { engine, retriever, search, embedder, embedderOf } = await createRag({
    pool,
    model,
    rerank,
    prices,
    weightsOf: knowledge.retrievalSettings.weightsOf,
    approved: repositories.approvedAnswers,
    thresholdsOf: knowledge.answerThresholds.find,
    settingsOf: createStoredSettings(repositories.answerSettings),
    logger,
  });
  const collectGaps = createGapCollector({ store: repositories.gaps, search, embedderOf, logger });
  const routes = routeTable({
    accounts: accounts.map((account) => ({
      ...account,
      avito: clientOf(account),
      consent: createConsent({ account, baseUrl, stores }),
    })),
    logger,
    publicUrl: config.access.publicUrl,
    repositories,
    currency: prices?.currency ?? null,
    knowledge,
    embedderOf,
    configuredSpace: embedder?.spaceKey,
    queues,
    engine,
    retriever,
    collectGaps,
    erase: createErase({ erasures: repositories.erasures, queues, clock: systemClock, sleep, logger }),
  });
  const app = createAdminApp({
    apiKey: config.apiKey,
    routes,
    queues,
    glance: createGlance({ accounts, collectGaps, ...repositories }),
    openAlerts: () => repositories.alerts.listOpen({ accountIds }),
    pingDatabase: () => pool.query('select 1'),
    clock: systemClock,
    logger,
  });
  releaseStartUpMemory();
  const { port } = await listen({ app, name: 'admin', ...config.http, lifecycle, limits: clientLimits });
  logger.info('listening', { port, queue: backend.kind, accounts: accounts.length });
  process.send?.({ type: 'listening', port });
});
