import { createAvitoClient, withoutToken } from '@avito-autoreply/avito';
import {
  type AccountConfig,
  accountsEnv,
  collectConfig,
  type Environment,
  loadAccounts,
  loadConfig,
  portsEnv,
} from '@avito-autoreply/config';
import { AppError } from '@avito-autoreply/runtime';
import { z } from 'zod';
import { SANDBOX_ACCOUNT_ID } from '../account.ts';
import type { ExitCode } from '../exit-code.ts';
import { bringSampleShop } from '../sample-shop.ts';
import type { Command, CommandContext } from '../run-command.ts';
import { baseEnvOf, definedOf } from '../stack/child-env.ts';
import { START_DATA_DIR } from '../stack/data-folders.ts';
import { localSecrets, secretsFile } from '../stack/local-secrets.ts';
import { passedOnParts, passedToIngest, passedToWorkers } from '../stack/passed-on.ts';
import { openServices, type Services } from '../stack/services.ts';
import { readRunningStack, removeRunningStack, writeRunningStack } from '../stack/stack-file.ts';
import { type Stack, startStack } from '../stack/start-stack.ts';
import { isWarning } from '../stack/app-log.ts';

export const upEnv = z.object({
  ...accountsEnv.shape,
  ...portsEnv.shape,
  SIMULATOR_PORT: z.coerce.number().int().min(0).max(65_535).default(3003),
  ADMIN_API_KEY: z.string().min(16, 'must be at least 16 characters').optional(),
});

const sandbox = { userId: SANDBOX_ACCOUNT_ID, clientId: 'sandbox', clientSecret: 'sandbox-secret' };

/** By which another command finds the simulator, and is taken for its account. */
const simulatedAvitoEnv = (baseUrl: string) => ({
  AVITO_API_BASE_URL: baseUrl,
  AVITO_CLIENT_ID: sandbox.clientId,
  AVITO_CLIENT_SECRET: sandbox.clientSecret,
  AVITO_USER_ID: String(sandbox.userId),
});

type Greeting = { stack: Stack; key: string; token: string; accounts: readonly AccountConfig[] };

function greet({ terminal }: CommandContext, { stack, key, token, accounts }: Greeting): void {
  // Where nobody watches, the output ends in a journal or a file that others may read.
  const secretsShown = terminal.isInteractive;
  const addressOf = (url: string, ofAccount: string | undefined): string =>
    secretsShown || ofAccount === undefined ? url : `${withoutToken({ url, token: ofAccount })}/<token>`;
  const isSandbox = accounts.length === 0;
  const several = accounts.filter((account) => account.isNamedInPath);
  terminal.line();
  terminal.line(terminal.style('bold', 'Avito Autoreply is up.'));
  terminal.line(`  Admin    ${stack.adminUrl}/`);
  terminal.line(`  Key      ${secretsShown ? key : 'ADMIN_API_KEY'}`);
  terminal.line(`  Queues   ${stack.adminUrl}/queues`);
  terminal.line(`  API      ${stack.adminUrl}/api/docs`);
  const webhooks =
    several.length === 0
      ? [{ url: addressOf(stack.webhookUrl, token), title: '', option: '' }]
      : several.map(({ userId, name = '', webhook }) => ({
          url: addressOf(stack.webhookUrlOf({ userId, token: webhook.token }), webhook.token),
          title: name && ` (${name})`,
          option: ` --account ${userId}`,
        }));
  for (const { url, title } of webhooks) terminal.line(`  Webhook  ${url}${title}`);
  if (isSandbox) {
    terminal.line(
      `  Avito    ${stack.avitoBaseUrl} (the simulator: open it to play the buyer; the real one needs credentials in .env)`,
    );
    terminal.line(
      '  Answers  come from the sample shop until you bring your own: npm run autoreply -- kb sync <folder> takes its place',
    );
  } else {
    terminal.line(`  Avito    ${stack.avitoBaseUrl}`);
    terminal.line('  Make the webhook reachable over HTTPS, then:');
    for (const { url, option } of webhooks) {
      // The whole path: the token in it may be one that only this installation knows.
      const address = `https://<your host>${url.slice(new URL(url).origin.length)}`;
      terminal.line(`    npm run autoreply -- webhook register ${address}${option}`);
    }
  }
  if (!secretsShown)
    terminal.line(
      `  What the environment does not set of key and token is in ${secretsFile(START_DATA_DIR)}`,
    );
  terminal.line();
  terminal.line('Ctrl-C stops it.');
}

async function stayUp(
  { signal, terminal }: CommandContext,
  { stack, services }: { stack: Stack; services: Services },
): Promise<ExitCode> {
  const { promise: interrupted, resolve: onInterrupt } = Promise.withResolvers<'interrupted'>();
  signal.addEventListener('abort', () => onInterrupt('interrupted'), { once: true });
  if (signal.aborted) return 0;
  const end = await Promise.race([
    interrupted,
    stack.firstEnd,
    services.lost.then(() => 'an embedded service' as const),
  ]);
  if (end === 'interrupted') {
    terminal.line('stopping …');
    return 0;
  }
  terminal.note(`${end} ended by itself; everything is stopped`);
  return 1;
}

const secretOf = (environment: Environment): string | undefined =>
  environment['AVITO_WEBHOOK_SECRET']?.trim() || undefined;

async function refuseWhenUp({ dataDir }: { dataDir: string }): Promise<void> {
  const running = await readRunningStack({ dataDir });
  if (running === undefined) return;
  throw new AppError(
    `it is up already, as process ${running.pid}: stop that one first (Ctrl-C, or kill ${running.pid})`,
    {
      code: 'stack.already-up',
    },
  );
}

/** The whole stack on this machine, until it is interrupted. */
export function up({ isVerbose }: { isVerbose: boolean }): Command {
  return async (context) => {
    const { environment, terminal, logger, onEnd, signal } = context;
    const { env } = await collectConfig({
      env: () => loadConfig(upEnv, environment),
      ...passedOnParts(environment),
    });
    const dataDir = START_DATA_DIR;
    const secrets = await localSecrets({ dataDir });
    // The made-up token serves every account that has no gate of its own.
    const token = env.AVITO_WEBHOOK_TOKEN ?? secrets.webhookToken;
    const accounts = await loadAccounts({ ...env, AVITO_WEBHOOK_TOKEN: token });
    const account = accounts[0] ?? sandbox;
    const isSandbox = accounts.length === 0;
    await refuseWhenUp({ dataDir });
    const services = await openServices({ environment, dataDir, needsQueue: true, logger, signal });
    onEnd(services.stop);
    const tellOthers = async (avitoEnv?: Record<string, string>): Promise<void> => {
      if (!services.isEmbedded) return;
      const { databaseUrl } = services;
      const queueEnv = { ...services.queueEnv, QUEUE_PREFIX: services.queuePrefix };
      await writeRunningStack({ dataDir, stack: { pid: process.pid, databaseUrl, queueEnv, avitoEnv } });
    };
    await tellOthers();
    if (services.isEmbedded) onEnd(() => removeRunningStack({ dataDir }));
    terminal.line(services.description);
    if (isSandbox)
      await bringSampleShop({
        dataDir,
        databaseUrl: services.databaseUrl,
        accountId: account.userId,
        logger,
      });

    const key = env.ADMIN_API_KEY ?? secrets.adminApiKey;
    const stack = await startStack({
      services,
      queuePrefix: services.queuePrefix,
      account,
      accountsFile: env.AVITO_ACCOUNTS_FILE,
      ...(isSandbox ? {} : { avitoBaseUrl: env.AVITO_API_BASE_URL }),
      webhook: {
        secret: secretOf(environment),
        token,
        signatureMode: env.AVITO_SIGNATURE_MODE,
      },
      adminApiKey: key,
      listenHost: env.LISTEN_HOST,
      ports: {
        ingest: env.INGEST_PORT,
        worker: env.WORKER_PORT,
        admin: env.ADMIN_PORT,
        simulator: env.SIMULATOR_PORT,
      },
      baseEnv: baseEnvOf(environment, { LOG_FORMAT: 'pretty' }),
      extraEnv: definedOf(environment, passedToWorkers),
      ingestEnv: definedOf(environment, passedToIngest),
      signal,
      onLog: (app, line) => {
        if (isVerbose || isWarning(line)) terminal.note(`[${app}] ${line}`);
      },
    });
    onEnd(stack.stop);
    if (isSandbox) {
      const avito = createAvitoClient({ baseUrl: stack.avitoBaseUrl, credentials: account });
      await avito.registerWebhook({ userId: account.userId, url: stack.webhookUrl });
      await tellOthers(simulatedAvitoEnv(stack.avitoBaseUrl));
    }
    greet(context, { stack, key, token, accounts });
    return stayUp(context, { stack, services });
  };
}
