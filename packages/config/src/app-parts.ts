import { z } from 'zod';
import { accountsIn, requireAccounts } from './accounts.ts';
import { avitoEnv } from './avito.env.ts';
import { type Environment, loadConfig } from './load-config.ts';
import { logEnv } from './log.env.ts';
import { modelConfig, openaiEnv } from './openai.env.ts';
import { loadPrices } from './prices.ts';
import { rerankConfig, rerankEnv } from './rerank.env.ts';
import { loadTokenKey } from './token-key.ts';
import { databaseEnv, queueEnv, requireDatabaseUrl, requireQueueBackend } from './services.env.ts';

const pricesEnv = openaiEnv.pick({ OPENAI_PRICES_FILE: true });
const servicesEnv = z.object({ ...databaseEnv.shape, ...queueEnv.shape });

/** Parts for `collectConfig` that every app has: its log, and where the queue is. */
export const queueAppParts = (environment: Environment) => ({
  log: () => {
    const { LOG_LEVEL: level, LOG_FORMAT: format } = loadConfig(logEnv, environment);
    return { level, format };
  },
  backend: () => requireQueueBackend(loadConfig(servicesEnv, environment)),
});

/** Parts of an app that works on the database, calls Avito and may ask a model. */
export const serviceAppParts = (environment: Environment) => ({
  ...queueAppParts(environment),
  databaseUrl: () => requireDatabaseUrl(loadConfig(databaseEnv, environment)),
  accounts: async () => requireAccounts(await accountsIn(environment)),
  tokenKey: () => loadTokenKey(environment),
  avitoBaseUrl: () => loadConfig(avitoEnv, environment).AVITO_API_BASE_URL,
  model: () => modelConfig(loadConfig(openaiEnv, environment)),
  rerank: () => rerankConfig(loadConfig(rerankEnv, environment)),
  prices: () => loadPrices(loadConfig(pricesEnv, environment).OPENAI_PRICES_FILE),
});
