import {
  adminEnv,
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
  requireAccounts,
  requireDatabaseUrl,
  requireQueueBackend,
  webhookConfig,
  webhookEnv,
} from '@avito-autoreply/config';
import { z } from 'zod';

const environmentSchema = z.object({
  ...logEnv.shape,
  ...databaseEnv.shape,
  ...queueEnv.shape,
  ...avitoEnv.shape,
  ...webhookEnv.shape,
  ...openaiEnv.shape,
  ...adminEnv.shape,
  ...portsEnv.pick({ ADMIN_PORT: true, LISTEN_HOST: true }).shape,
});

/** What the management server needs; every problem of the environment is reported at once. */
export async function loadAdminConfig(environment: Environment) {
  const env = loadConfig(environmentSchema, environment);
  const accounts = requireAccounts(await loadAccounts(env));
  const webhook = webhookConfig(env);
  const model = modelConfig(env);
  return {
    log: { level: env.LOG_LEVEL, format: env.LOG_FORMAT },
    http: { port: env.ADMIN_PORT, host: env.LISTEN_HOST },
    apiKey: env.ADMIN_API_KEY,
    databaseUrl: requireDatabaseUrl(env),
    backend: requireQueueBackend(env),
    avitoBaseUrl: env.AVITO_API_BASE_URL,
    accounts,
    webhook,
    model,
    secrets: [
      env.ADMIN_API_KEY,
      ...accounts.map((account) => account.clientSecret),
      ...webhook.secrets,
      ...(webhook.token === undefined ? [] : [webhook.token]),
      ...(model === undefined ? [] : [model.apiKey]),
    ],
  };
}
