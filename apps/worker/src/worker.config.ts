import {
  avitoEnv,
  databaseEnv,
  type Environment,
  loadAccounts,
  loadConfig,
  logEnv,
  modelConfig,
  openaiEnv,
  portsEnv,
  queueEnv,
  replyEnv,
  requireAccounts,
  requireDatabaseUrl,
  requireQueueBackend,
} from '@avito-autoreply/config';
import { z } from 'zod';

const workerEnv = z.object({
  ...logEnv.shape,
  ...databaseEnv.shape,
  ...queueEnv.shape,
  ...avitoEnv.shape,
  ...replyEnv.shape,
  ...openaiEnv.shape,
  ...portsEnv.pick({ WORKER_PORT: true, LISTEN_HOST: true }).shape,
});

const SECOND_MS = 1_000;

export async function loadWorkerConfig(environment: Environment) {
  const env = loadConfig(workerEnv, environment);
  const accounts = requireAccounts(await loadAccounts(env));
  return {
    log: { level: env.LOG_LEVEL, format: env.LOG_FORMAT },
    http: { port: env.WORKER_PORT, host: env.LISTEN_HOST },
    backend: requireQueueBackend(env),
    databaseUrl: requireDatabaseUrl(env),
    accounts,
    avitoBaseUrl: env.AVITO_API_BASE_URL,
    model: modelConfig(env),
    replies: {
      isEnabled: env.AVITO_AUTO_REPLY_ENABLED,
      quietMs: env.AVITO_RESPONSE_DELAY_SECONDS * SECOND_MS,
      maxWaitMs: env.AVITO_RESPONSE_MAX_WAIT_SECONDS * SECOND_MS,
      maxAgeMs: env.AVITO_MAX_MESSAGE_AGE_MINUTES * 60 * SECOND_MS,
      concurrency: env.AVITO_PROCESSING_WORKERS,
    },
    secrets: [
      ...accounts.map((account) => account.clientSecret),
      ...(env.OPENAI_API_KEY === undefined ? [] : [env.OPENAI_API_KEY]),
    ],
  };
}

export type ReplySettings = Awaited<ReturnType<typeof loadWorkerConfig>>['replies'];
