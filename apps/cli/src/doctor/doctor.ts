import {
  type AccountConfig,
  avitoEnv,
  ConfigError,
  databaseEnv,
  type Environment,
  gateProblem,
  loadAccounts,
  loadConfig,
  loadPrices,
  logEnv,
  modelConfig,
  openaiEnv,
  policyEnv,
  portsEnv,
  queueEnv,
  replyEnv,
  requirePrices,
  rerankConfig,
  rerankEnv,
  type WebhookConfig,
  webhookConfig,
  webhookEnv,
} from '@avito-autoreply/config';
import { z } from 'zod';
import { checkAvito } from './check-avito.ts';
import { checkModel } from './check-model.ts';
import { checkReranker } from './check-reranker.ts';
import { checkSecretFiles } from './check-secret-files.ts';
import { checkPostgres, checkRedis } from './check-services.ts';
import { type Finding, ok, problem, warning } from './finding.ts';

const everything = z.object({
  ...logEnv.shape,
  ...databaseEnv.shape,
  ...queueEnv.shape,
  ...avitoEnv.shape,
  ...webhookEnv.shape,
  ...replyEnv.shape,
  ...policyEnv.shape,
  ...openaiEnv.shape,
  ...portsEnv.shape,
  ADMIN_API_KEY: z.string().optional(),
});

function checkGate(subject: string, webhook: WebhookConfig): Finding {
  const wrong = gateProblem(webhook);
  if (wrong !== undefined) {
    return problem(
      subject,
      `ingest will not start: ${wrong.message}`,
      'Set AVITO_WEBHOOK_TOKEN to an unguessable value: openssl rand -hex 24',
    );
  }
  return webhook.token === undefined
    ? warning(
        subject,
        'only a secret is set, and Avito documents no signature algorithm',
        'Set a token too: the token in the path is the gate that surely works.',
      )
    : ok(subject, 'the token is set');
}

/** One for all, or one for each account of a file. */
function checkGates(
  env: z.output<typeof everything>,
  accounts: readonly AccountConfig[] | ConfigError,
): Finding[] {
  if (env.AVITO_ACCOUNTS_FILE === undefined) return [checkGate('Webhook gate', webhookConfig(env))];
  if (accounts instanceof ConfigError) return [];
  return accounts.map(({ userId, webhook }) => checkGate(`Webhook gate of account ${userId}`, webhook));
}

function checkKey(env: z.output<typeof everything>): Finding {
  return env.ADMIN_API_KEY === undefined
    ? problem(
        'Admin key',
        'ADMIN_API_KEY is not set: the admin app will not start',
        'Set it: openssl rand -hex 32',
      )
    : ok('Admin key', 'is set');
}

const inConfiguration = (lines: readonly string[]): Finding[] =>
  lines.map((line) => problem('Configuration', line, 'Correct the variable; .env.example explains each.'));

function asProblems(error: unknown): ConfigError {
  if (error instanceof ConfigError) return error;
  throw error;
}

/** As the worker does before it starts. */
async function checkPrices({
  path,
  ...needs
}: Omit<Parameters<typeof requirePrices>[0], 'prices'> & { path: string | undefined }): Promise<void> {
  requirePrices({ ...needs, prices: await loadPrices(path) });
}

function rerankIn(environment: Environment) {
  try {
    return rerankConfig(loadConfig(rerankEnv, environment));
  } catch (error) {
    return asProblems(error);
  }
}

/** Looks at everything that the production entry points need, by live calls that change nothing. */
export async function examine(environment: Environment): Promise<Finding[]> {
  let env: z.output<typeof everything>;
  try {
    env = loadConfig(everything, environment);
  } catch (error) {
    // Without sound variables the other checks would only repeat what is said here.
    if (error instanceof ConfigError) return inConfiguration(error.problems);
    throw error;
  }
  const accounts = await loadAccounts(env).catch(asProblems);
  const model = modelConfig(env);
  const budgets =
    accounts instanceof ConfigError ? [] : accounts.map(({ settings }) => settings.modelMonthlyBudget);
  const hasBudget = [env.OPENAI_MONTHLY_BUDGET, ...budgets].some((budget) => budget !== undefined);
  const prices = await checkPrices({ path: env.OPENAI_PRICES_FILE, model, hasBudget }).catch(asProblems);
  const avito =
    accounts instanceof ConfigError
      ? [inConfiguration(accounts.problems)]
      : accounts.length === 0
        ? [
            [
              warning(
                'Avito account',
                'no account is configured: only the simulator can be used',
                'Set AVITO_CLIENT_ID, AVITO_CLIENT_SECRET and AVITO_USER_ID from avito.ru/professionals/api',
              ),
            ],
          ]
        : await Promise.all(
            accounts.map((account) => checkAvito({ account, baseUrl: env.AVITO_API_BASE_URL })),
          );
  const rerank = rerankIn(environment);
  const services = await Promise.all([
    checkRedis({ url: env.REDIS_URL, backend: env.QUEUE_BACKEND }),
    checkPostgres({ url: env.DATABASE_URL }),
    checkModel(model),
    rerank instanceof ConfigError ? inConfiguration(rerank.problems) : checkReranker(rerank),
  ]);
  return [
    ...(prices instanceof ConfigError
      ? inConfiguration(prices.problems)
      : [ok('Configuration', 'all variables are sound')]),
    ...checkGates(env, accounts),
    checkKey(env),
    ...(await checkSecretFiles(['.env', env.AVITO_ACCOUNTS_FILE])),
    ...services.flat(),
    ...avito.flat(),
  ];
}
