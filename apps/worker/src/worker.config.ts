import {
  avitoEnv,
  collectConfig,
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

const servicesEnv = z.object({ ...databaseEnv.shape, ...queueEnv.shape });
const httpEnv = portsEnv.pick({ WORKER_PORT: true, LISTEN_HOST: true });

const SECOND_MS = 1_000;

const replySettings = (env: z.output<typeof replyEnv>) => ({
  isEnabled: env.AVITO_AUTO_REPLY_ENABLED,
  quietMs: env.AVITO_RESPONSE_DELAY_SECONDS * SECOND_MS,
  maxWaitMs: env.AVITO_RESPONSE_MAX_WAIT_SECONDS * SECOND_MS,
  maxAgeMs: env.AVITO_MAX_MESSAGE_AGE_MINUTES * 60 * SECOND_MS,
  concurrency: env.AVITO_PROCESSING_WORKERS,
});
export type ReplySettings = ReturnType<typeof replySettings>;

/** What a worker needs; every problem of the environment is reported at once. */
export async function loadWorkerConfig(environment: Environment) {
  const avitoOf = () => loadConfig(avitoEnv, environment);
  const { log, http, databaseUrl, backend, accounts, model, replies } = await collectConfig({
    log: () => loadConfig(logEnv, environment),
    http: () => loadConfig(httpEnv, environment),
    databaseUrl: () => requireDatabaseUrl(loadConfig(servicesEnv, environment)),
    backend: () => requireQueueBackend(loadConfig(servicesEnv, environment)),
    accounts: async () => requireAccounts(await loadAccounts(avitoOf())),
    model: () => modelConfig(loadConfig(openaiEnv, environment)),
    replies: () => replySettings(loadConfig(replyEnv, environment)),
  });
  return {
    log: { level: log.LOG_LEVEL, format: log.LOG_FORMAT },
    http: { port: http.WORKER_PORT, host: http.LISTEN_HOST },
    databaseUrl,
    backend,
    accounts,
    avitoBaseUrl: avitoOf().AVITO_API_BASE_URL,
    model,
    replies,
    secrets: [
      ...accounts.map((account) => account.clientSecret),
      ...(model === undefined ? [] : [model.apiKey]),
    ],
  };
}
