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
  rerankSecrets,
  secretsOf,
  serviceAppParts,
} from '@avito-autoreply/config';
import type { z } from 'zod';

const httpEnv = portsEnv.pick({ WORKER_PORT: true, LISTEN_HOST: true });

const SECOND_MS = 1_000;

const workLimits = (env: z.output<typeof replyEnv>) => ({
  /** Answers that are with the model at a time in this process. */
  chatCalls: env.AVITO_PROCESSING_WORKERS,
  /** Compositions at a time: half as many again are prepared and stored while the others wait for the model. */
  compositions: Math.ceil(1.5 * env.AVITO_PROCESSING_WORKERS),
  /** Chats of an account that may have work for the model at a time. */
  maxChats: env.AVITO_MAX_QUEUE_SIZE,
  /** 0: never. */
  pollEveryMs: env.AVITO_POLL_INTERVAL_SECONDS * SECOND_MS,
});
export type WorkLimits = ReturnType<typeof workLimits>;

/** What a worker needs; every problem of the environment is reported at once. */
export async function loadWorkerConfig(environment: Environment) {
  const parts = serviceAppParts(environment);
  const { http, ...config } = await collectConfig({
    ...parts,
    prices: async () => {
      const prices = await parts.prices();
      const accounts = await parts.accounts();
      const hasBudget = accounts.some(({ settings }) => settings.modelMonthlyBudget !== undefined);
      requirePrices({ model: parts.model(), rerank: parts.rerank(), prices, hasBudget });
      return prices;
    },
    http: () => loadConfig(httpEnv, environment),
    access: () => accessConfig(loadConfig(accessEnv, environment)),
    settleMs: () => loadConfig(replyEnv, environment).AVITO_SETTLE_SECONDS * 1_000,
    limits: () => workLimits(loadConfig(replyEnv, environment)),
  });
  const { accounts, model, rerank } = config;
  return {
    ...config,
    http: { port: http.WORKER_PORT, host: http.LISTEN_HOST },
    secrets: [...secretsOf(accounts), ...modelSecrets(model), ...rerankSecrets(rerank)],
  };
}
