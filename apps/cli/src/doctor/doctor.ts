import {
  type AccountConfig,
  adminEnv,
  type Environment,
  gateProblem,
  modelConfig,
  type QueueBackend,
  requireQueueBackend,
  type WebhookConfig,
  webhookConfig,
} from '@avito-autoreply/config';
import { checkAvito } from './check-avito.ts';
import { checkModel } from './check-model.ts';
import { checkReranker } from './check-reranker.ts';
import { checkSecretFiles } from './check-secret-files.ts';
import { checkQueues } from './check-queues.ts';
import { checkPostgres, checkRedis } from './check-services.ts';
import { type Finding, ok, problem, warning } from './finding.ts';
import { readConfiguration, type Variables } from './read-configuration.ts';

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
function checkGates(env: Variables, accounts: readonly AccountConfig[] | undefined): Finding[] {
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

/** Models that are named, and not asked: without a key there is no server to ask. */
const namedInVain = (env: Variables): string[] =>
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

/** Undefined where none is configured, which is a finding of its own. */
function queueBackend(env: Variables): QueueBackend | undefined {
  const isThere = env.QUEUE_BACKEND === 'postgres' ? env.DATABASE_URL : env.REDIS_URL;
  return isThere === undefined ? undefined : requireQueueBackend(env);
}

async function checkAccounts(accounts: readonly AccountConfig[], baseUrl: string): Promise<Finding[]> {
  if (accounts.length === 0) return [noAccount];
  return (await Promise.all(accounts.map((account) => checkAvito({ account, baseUrl })))).flat();
}

/** Looks at everything that the production entry points need, by live calls that change nothing. */
export async function examine(environment: Environment): Promise<Finding[]> {
  const { problems, env, accounts, rerank } = await readConfiguration(environment);
  // Without sound variables the other checks would only repeat what is said here.
  if (env === undefined) return inConfiguration(problems);
  const services = await Promise.all([
    checkRedis({ url: env.REDIS_URL, backend: env.QUEUE_BACKEND }),
    checkPostgres({ url: env.DATABASE_URL }),
    checkQueues(queueBackend(env)),
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
