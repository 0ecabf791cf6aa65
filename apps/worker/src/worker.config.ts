import {
  accessConfig,
  accessEnv,
  collectConfig,
  type Environment,
  loadConfig,
  modelSecrets,
  portsEnv,
  replyEnv,
  requirePrices,
  secretsOf,
  serviceAppParts,
} from '@avito-autoreply/config';
const httpEnv = portsEnv.pick({ WORKER_PORT: true, LISTEN_HOST: true });

/** What a worker needs; every problem of the environment is reported at once. */
export async function loadWorkerConfig(environment: Environment) {
  const { http, ...config } = await collectConfig({
    ...serviceAppParts(environment),
    http: () => loadConfig(httpEnv, environment),
    concurrency: () => loadConfig(replyEnv, environment).AVITO_PROCESSING_WORKERS,
    access: () => accessConfig(loadConfig(accessEnv, environment)),
    settleMs: () => loadConfig(replyEnv, environment).AVITO_SETTLE_SECONDS * 1_000,
  });
  const { accounts, model, prices } = config;
  const hasBudget = accounts.some(({ settings }) => settings.modelMonthlyBudget !== undefined);
  requirePrices({ model, prices, hasBudget });
  return {
    ...config,
    http: { port: http.WORKER_PORT, host: http.LISTEN_HOST },
    secrets: [...secretsOf(config.accounts), ...modelSecrets(config.model)],
  };
}
