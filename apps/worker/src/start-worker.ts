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
import { type Lifecycle, type Logger, systemClock } from '@avito-autoreply/runtime';
import { listen } from '@avito-autoreply/runtime/http';
import { createClients } from './clients.ts';
import { createSettingsOf } from './reply-settings.ts';
import { startWork } from './start-work.ts';
import { createWorkerApp } from './worker-app.ts';
import type { loadWorkerConfig } from './worker.config.ts';

type Context = {
  config: Awaited<ReturnType<typeof loadWorkerConfig>>;
  logger: Logger;
  lifecycle: Lifecycle;
};

// One per composition and send at work, and some for taking in; on PGlite they share one session anyway.
const POOL_SIZE = 10;

/** Opens what the worker works on and with: database, queues, Avito, the answer engine. */
export async function openWorkerParts({ config, logger, lifecycle }: Context) {
  await assertMigrated({ url: config.databaseUrl });
  const pool = createPool({ url: config.databaseUrl, max: POOL_SIZE, logger, lifecycle });
  const repositories = createRepositories(pool);
  const knowledge = createKnowledgeRepositories(pool);
  return {
    pool,
    repositories,
    knowledge,
    queues: await connectQueues({ backend: config.backend, role: 'worker', logger, lifecycle }),
    clients: createClients({
      accounts: config.accounts,
      createClient: createAccountClients({
        baseUrl: config.avitoBaseUrl,
        ...createAvitoStores({ pool, tokenKey: config.tokenKey }),
        logger,
      }),
    }),
    rag: await createRag({
      pool,
      model: config.model,
      rerank: config.rerank,
      chatCallsAtATime: config.limits.chatCalls,
      prices: config.prices,
      weightsOf: knowledge.retrievalSettings.weightsOf,
      approved: repositories.approvedAnswers,
      thresholdsOf: knowledge.answerThresholds.find,
      settingsOf: createStoredSettings(repositories.answerSettings),
      trustedUrl: config.avitoBaseUrl,
      logger,
    }),
  };
}

export type WorkerParts = Awaited<ReturnType<typeof openWorkerParts>>;

/** Starts working, then listens for health checks. Returns the port. */
export async function startWorker({
  config,
  logger,
  lifecycle,
  parts: { pool, repositories, knowledge, queues, clients, rag },
}: Context & { parts: WorkerParts }): Promise<{ port: number }> {
  const processors = await startWork({
    repositories,
    rag,
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
  return { port };
}
