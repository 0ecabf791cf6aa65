import {
  accessConfig,
  accessEnv,
  type AccountConfig,
  accountsIn,
  adminEnv,
  avitoEnv,
  collectConfig,
  ConfigError,
  databaseEnv,
  type Environment,
  gateProblem,
  loadConfig,
  loadPrices,
  loadTokenKey,
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

const pricesEnv = openaiEnv.pick({ OPENAI_PRICES_FILE: true });

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
  accounts: readonly AccountConfig[] | undefined,
): Finding[] {
  if (env.AVITO_ACCOUNTS_FILE === undefined) return [checkGate('Webhook gate', webhookConfig(env))];
  return (accounts ?? []).map(({ userId, webhook }) =>
    checkGate(`Webhook gate of account ${userId}`, webhook),
  );
}

function checkKey(key: string | undefined): Finding {
  const refusal = adminEnv.shape.ADMIN_API_KEY.safeParse(key).error?.issues[0];
  return refusal === undefined
    ? ok('Admin key', 'is set')
    : problem(
        'Admin key',
        `ADMIN_API_KEY ${refusal.message}: the admin app will not start`,
        'Set it: openssl rand -hex 32',
      );
}

const inConfiguration = (lines: readonly string[]): Finding[] =>
  lines.map((line) => problem('Configuration', line, 'Correct the variable; .env.example explains each.'));

/** The parts of a configuration as the apps read them. */
function partsOf(environment: Environment) {
  const accounts = () => accountsIn(environment);
  const model = () => modelConfig(loadConfig(openaiEnv, environment));
  return {
    env: () => loadConfig(everything, environment),
    accounts,
    tokenKey: () => loadTokenKey(environment),
    prices: async () => {
      const { OPENAI_PRICES_FILE: path } = loadConfig(pricesEnv, environment);
      const prices = await loadPrices(path);
      const { OPENAI_MONTHLY_BUDGET: forAll } = loadConfig(openaiEnv, environment);
      const budgets = (await accounts()).map(({ settings }) => settings.modelMonthlyBudget);
      const hasBudget = [forAll, ...budgets].some((budget) => budget !== undefined);
      requirePrices({ model: model(), prices, hasBudget });
    },
    rerank: () => rerankConfig(loadConfig(rerankEnv, environment)),
    access: () => accessConfig(loadConfig(accessEnv, environment)),
  };
}

/** What is sound of the configuration, and every problem of the rest. */
async function configurationOf(environment: Environment) {
  const parts = partsOf(environment);
  const problems = await collectConfig(parts).then(
    () => [],
    (error: unknown) => {
      if (error instanceof ConfigError) return error.problems;
      throw error;
    },
  );
  const orUndefined = async <T>(read: () => T | Promise<T>) => {
    try {
      return await read();
    } catch {
      // It is among the problems.
      return undefined;
    }
  };
  return {
    problems,
    env: await orUndefined(parts.env),
    accounts: await orUndefined(parts.accounts),
    rerank: await orUndefined(parts.rerank),
  };
}

/** Models that are named, and not asked: without a key there is no server to ask. */
const namedInVain = (env: z.output<typeof openaiEnv>): string[] =>
  env.OPENAI_API_KEY === undefined
    ? (['OPENAI_CHAT_MODEL', 'OPENAI_EMBEDDING_MODEL', 'OPENAI_SECOND_CHAT_MODEL'] as const).filter(
        (name) => env[name] !== undefined,
      )
    : [];

const noAccount = warning(
  'Avito account',
  'no account is configured: only the simulator can be used',
  'Set AVITO_CLIENT_ID, AVITO_CLIENT_SECRET and AVITO_USER_ID from avito.ru/professionals/api',
);

async function checkAccounts(accounts: readonly AccountConfig[], baseUrl: string): Promise<Finding[]> {
  if (accounts.length === 0) return [noAccount];
  return (await Promise.all(accounts.map((account) => checkAvito({ account, baseUrl })))).flat();
}

/** Looks at everything that the production entry points need, by live calls that change nothing. */
export async function examine(environment: Environment): Promise<Finding[]> {
  const { problems, env, accounts, rerank } = await configurationOf(environment);
  // Without sound variables the other checks would only repeat what is said here.
  if (env === undefined) return inConfiguration(problems);
  const services = await Promise.all([
    checkRedis({ url: env.REDIS_URL, backend: env.QUEUE_BACKEND }),
    checkPostgres({ url: env.DATABASE_URL }),
    checkModel(modelConfig(env), namedInVain(env)),
    checkReranker(rerank),
    accounts === undefined ? [] : checkAccounts(accounts, env.AVITO_API_BASE_URL),
  ]);
  return [
    ...(problems.length > 0 ? inConfiguration(problems) : [ok('Configuration', 'all variables are sound')]),
    ...checkGates(env, accounts),
    checkKey(env.ADMIN_API_KEY),
    ...(await checkSecretFiles(['.env', env.AVITO_ACCOUNTS_FILE])),
    ...services.flat(),
  ];
}
