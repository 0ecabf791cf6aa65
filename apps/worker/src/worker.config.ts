import {
  collectConfig,
  type Environment,
  loadConfig,
  portsEnv,
  replyEnv,
  secretsOf,
  serviceAppParts,
} from '@avito-autoreply/config';
import type { z } from 'zod';

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
  const { http, ...config } = await collectConfig({
    ...serviceAppParts(environment),
    http: () => loadConfig(httpEnv, environment),
    replies: () => replySettings(loadConfig(replyEnv, environment)),
  });
  return {
    ...config,
    http: { port: http.WORKER_PORT, host: http.LISTEN_HOST },
    secrets: [...secretsOf(config.accounts), ...(config.model === undefined ? [] : [config.model.apiKey])],
  };
}
