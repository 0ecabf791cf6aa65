import {
  adminEnv,
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
  requireAccounts,
  requireDatabaseUrl,
  requireQueueBackend,
  webhookConfig,
  webhookEnv,
} from '@avito-autoreply/config';
import { z } from 'zod';

const servicesEnv = z.object({ ...databaseEnv.shape, ...queueEnv.shape });
const httpEnv = portsEnv.pick({ ADMIN_PORT: true, LISTEN_HOST: true });

/** What the management server needs; every problem of the environment is reported at once. */
export async function loadAdminConfig(environment: Environment) {
  const avitoOf = () => loadConfig(avitoEnv, environment);
  const { log, http, admin, databaseUrl, backend, accounts, webhook, model } = await collectConfig({
    log: () => loadConfig(logEnv, environment),
    http: () => loadConfig(httpEnv, environment),
    admin: () => loadConfig(adminEnv, environment),
    databaseUrl: () => requireDatabaseUrl(loadConfig(servicesEnv, environment)),
    backend: () => requireQueueBackend(loadConfig(servicesEnv, environment)),
    accounts: async () => requireAccounts(await loadAccounts(avitoOf())),
    webhook: () => webhookConfig(loadConfig(webhookEnv, environment)),
    model: () => modelConfig(loadConfig(openaiEnv, environment)),
  });
  return {
    log: { level: log.LOG_LEVEL, format: log.LOG_FORMAT },
    http: { port: http.ADMIN_PORT, host: http.LISTEN_HOST },
    apiKey: admin.ADMIN_API_KEY,
    databaseUrl,
    backend,
    avitoBaseUrl: avitoOf().AVITO_API_BASE_URL,
    accounts,
    webhook,
    model,
    secrets: [
      admin.ADMIN_API_KEY,
      ...accounts.map((account) => account.clientSecret),
      ...webhook.secrets,
      ...(webhook.token === undefined ? [] : [webhook.token]),
      ...(model === undefined ? [] : [model.apiKey]),
    ],
  };
}
