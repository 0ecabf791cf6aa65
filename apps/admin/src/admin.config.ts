import {
  accessConfig,
  accessEnv,
  adminEnv,
  collectConfig,
  type Environment,
  loadConfig,
  modelSecrets,
  portsEnv,
  rerankSecrets,
  secretsOf,
  serviceAppParts,
} from '@avito-autoreply/config';

const httpEnv = portsEnv.pick({ ADMIN_PORT: true, LISTEN_HOST: true });

/** What the management server needs; every problem of the environment is reported at once. */
export async function loadAdminConfig(environment: Environment) {
  const { http, admin, ...config } = await collectConfig({
    admin: () => loadConfig(adminEnv, environment),
    ...serviceAppParts(environment),
    http: () => loadConfig(httpEnv, environment),
    access: () => accessConfig(loadConfig(accessEnv, environment)),
  });
  const { accounts, model, rerank } = config;
  return {
    ...config,
    http: { port: http.ADMIN_PORT, host: http.LISTEN_HOST },
    apiKey: admin.ADMIN_API_KEY,
    secrets: [admin.ADMIN_API_KEY, ...secretsOf(accounts), ...modelSecrets(model), ...rerankSecrets(rerank)],
  };
}
