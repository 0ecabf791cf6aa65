import {
  accountsEnv,
  captureEnv,
  collectConfig,
  ConfigError,
  type Environment,
  gateProblem,
  loadConfig,
  loadWebhookAccounts,
  portsEnv,
  queueAppParts,
  secretsOf,
  type WebhookAccount,
  type WebhookConfig,
  webhookConfig,
} from '@avito-autoreply/config';
import { AppError } from '@avito-autoreply/runtime';

const httpEnv = portsEnv.pick({ INGEST_PORT: true, LISTEN_HOST: true });
// Not the single account's credentials: ingest knows the webhook only.
const webhooksEnv = accountsEnv.pick({
  AVITO_ACCOUNTS_FILE: true,
  AVITO_WEBHOOK_TOKEN: true,
  AVITO_WEBHOOK_SECRET: true,
  AVITO_SIGNATURE_MODE: true,
});

/** One webhook for whatever comes, or the webhooks of the accounts that a file names. */
export type IngestWebhook =
  | { kind: 'single'; webhook: WebhookConfig }
  | { kind: 'accounts'; accounts: readonly WebhookAccount[] };

/** Refuses a webhook into which anybody could put messages. */
function requireGate(webhook: WebhookConfig): void {
  const problem = gateProblem(webhook);
  if (problem !== undefined) throw new AppError(problem.message, { code: problem.code });
}

async function loadIngestWebhook(environment: Environment): Promise<IngestWebhook> {
  const env = loadConfig(webhooksEnv, environment);
  const accounts = await loadWebhookAccounts(env);
  if (accounts === undefined) {
    const webhook = webhookConfig(env);
    requireGate(webhook);
    return { kind: 'single', webhook };
  }
  const problems = accounts.flatMap(({ userId, webhook }) => {
    const problem = gateProblem(webhook);
    return problem === undefined
      ? []
      : [`account ${userId} has no webhook of its own in AVITO_ACCOUNTS_FILE: ${problem.message}`];
  });
  if (problems.length > 0) throw new ConfigError(problems);
  return { kind: 'accounts', accounts };
}

/** What ingest needs; every problem of the environment is reported at once. */
export async function loadIngestConfig(environment: Environment) {
  const { http, ...config } = await collectConfig({
    ...queueAppParts(environment),
    http: () => loadConfig(httpEnv, environment),
    webhook: () => loadIngestWebhook(environment),
    captureFile: () => loadConfig(captureEnv, environment).AVITO_WEBHOOK_CAPTURE_FILE,
  });
  const { webhook } = config;
  return {
    ...config,
    http: { port: http.INGEST_PORT, host: http.LISTEN_HOST },
    secrets: secretsOf(webhook.kind === 'single' ? [webhook] : webhook.accounts),
  };
}
