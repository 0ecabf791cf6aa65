import { createAccountClients } from '@avito-autoreply/avito';
import {
  assertMigrated,
  createAvitoStores,
  createKnowledgeRepositories,
  createPool,
  createRepositories,
} from '@avito-autoreply/database';
import { connectQueues } from '@avito-autoreply/queue';
import { createRag, createStoredSettings } from '@avito-autoreply/rag';
import {
  createLifecycle,
  createLogger,
  listenToProcess,
  runMain,
  systemClock,
} from '@avito-autoreply/runtime';
import { listen } from '@avito-autoreply/runtime/http';
import { createClients } from './clients.ts';
import { createSettingsOf } from './reply-settings.ts';
import { startWork } from './start-work.ts';
import { loadWorkerConfig } from './worker.config.ts';
import { createWorkerApp } from './worker-app.ts';

// One per composition and send at work, and some for taking in; on PGlite they share one session anyway.
const POOL_SIZE = 10;

await runMain(async () => {
  const config = await loadWorkerConfig(process.env);
  const logger = createLogger({ service: 'worker', ...config.log, secrets: config.secrets });
  const lifecycle = createLifecycle({ logger });
  listenToProcess({ lifecycle, logger });

  await assertMigrated({ url: config.databaseUrl });
  const pool = createPool({ url: config.databaseUrl, max: POOL_SIZE, logger, lifecycle });
  const queues = await connectQueues({ backend: config.backend, role: 'worker', logger, lifecycle });
  const clients = createClients({
    accounts: config.accounts,
    createClient: createAccountClients({
      baseUrl: config.avitoBaseUrl,
      ...createAvitoStores({ pool, tokenKey: config.tokenKey }),
      logger,
    }),
  });

  const repositories = createRepositories(pool);
  const knowledge = createKnowledgeRepositories(pool);
  const processors = await startWork({
    repositories,
    rag: createRag({
      pool,
      model: config.model,
      prices: config.prices,
      approved: repositories.approvedAnswers,
      thresholdsOf: knowledge.answerThresholds.find,
      settingsOf: createStoredSettings(repositories.answerSettings),
      trustedUrl: config.avitoBaseUrl,
      logger,
    }),
    knowledge,
    queues,
    clients,
    settingsOf: createSettingsOf(config.accounts),
    currency: config.prices?.currency,
    access: config.access,
    accounts: config.accounts,
    settleMs: config.settleMs,
    limits: config.limits,
    stopping: lifecycle.signal,
    // Ends in order, and whoever started this process starts another: Compose and Kubernetes do.
    onDeaf: () => process.kill(process.pid, 'SIGTERM'),
    clock: systemClock,
    logger,
  });
  const app = createWorkerApp({
    queues,
    pool,
    alerts: repositories.alerts,
    accountIds: clients.accountIds,
    assertAlive: processors.assertAlive,
    logger,
  });
  const { port } = await listen({ app, name: 'worker', ...config.http, lifecycle });
  logger.info('working', { port, queue: config.backend.kind, accounts: config.accounts.length });
  process.send?.({ type: 'listening', port });
});
