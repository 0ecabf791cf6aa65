import { createHmac, randomInt } from 'node:crypto';
import { createAvitoClient } from '@avito-autoreply/avito';
import { createPool, createRepositories } from '@avito-autoreply/database';
import { silentLogger } from '@avito-autoreply/runtime';
import { afterAll, beforeAll, inject } from 'vitest';
import { createSimulatorClient, type SimulatorClient } from '../../apps/cli/src/demo/simulator-client.ts';
import { syncSampleShop } from '../../apps/cli/src/sample-shop.ts';
import { baseEnvOf } from '../../apps/cli/src/stack/child-env.ts';
import { newSecrets } from '../../apps/cli/src/stack/local-secrets.ts';
import { forkApp, type RunningApp } from '../../apps/cli/src/stack/fork-app.ts';
import { type Stack, simulatedModelEnv, startStack } from '../../apps/cli/src/stack/start-stack.ts';

export type QueueKind = 'postgres' | 'redis';

/** The backends that this run has: Postgres always, Redis where there is one. */
export const queueKinds: QueueKind[] =
  inject('redisUrl') === undefined ? ['postgres'] : ['postgres', 'redis'];

/**
 * The apps as processes, on the services of the test run, with an account and a sample shop of their own. Call it
 * inside a `describe`: it starts before its tests and stops after them.
 */
export function useStack({
  queue,
  withModel = false,
  extraEnv: ownEnv = {},
  logLevel = 'info',
}: {
  queue: QueueKind;
  withModel?: boolean;
  extraEnv?: Record<string, string>;
  logLevel?: 'info' | 'debug';
}) {
  const accountId = randomInt(1_000_000_000, 9_000_000_000);
  const secrets = newSecrets();
  const account = { userId: accountId, clientId: 'e2e', clientSecret: secrets.adminApiKey };
  const databaseUrl = inject('databaseUrl');
  const redisUrl = inject('redisUrl');
  const pool = createPool({ url: databaseUrl, max: 2, logger: silentLogger });
  const log: string[] = [];
  const onLog = (app: string, line: string) => log.push(`[${app}] ${line}`);
  const queueEnv: Record<string, string> =
    queue === 'redis' && redisUrl !== undefined ? { REDIS_URL: redisUrl } : { QUEUE_BACKEND: 'postgres' };
  const queuePrefix = `e2e-${accountId}`;
  const baseEnv = baseEnvOf({ PATH: process.env['PATH'] }, { LOG_LEVEL: logLevel, LOG_FORMAT: 'json' });
  const extraEnv = { AVITO_RESPONSE_DELAY_SECONDS: '1', ...ownEnv };
  let stack: Stack | undefined;

  beforeAll(async () => {
    await syncSampleShop({ databaseUrl, accountId, logger: silentLogger });
    stack = await startStack({
      services: { databaseUrl, queueEnv },
      queuePrefix,
      account,
      webhook: { secret: secrets.webhookToken, token: secrets.webhookToken },
      adminApiKey: secrets.adminApiKey,
      ports: { ingest: 0, worker: 0, admin: 0, simulator: 0 },
      baseEnv,
      simulatedModel: withModel,
      extraEnv,
      onLog,
    });
    const avito = createAvitoClient({ baseUrl: stack.avitoBaseUrl, credentials: account });
    await avito.registerWebhook({ userId: accountId, url: stack.webhookUrl });
  });
  afterAll(async () => {
    await stack?.stop();
    await pool.end();
  });

  const running = (): Stack => {
    if (!stack) throw new Error('the stack is not up yet');
    return stack;
  };
  const control = async (method: 'PATCH' | 'POST', path: string, body: object): Promise<void> => {
    const response = await fetch(`${running().simulatorUrl}/_control/${path}`, {
      method,
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    });
    if (!response.ok) throw new Error(await response.text());
  };
  return {
    accountId,
    credentials: account,
    queuePrefix: `e2e-${accountId}`,
    log,
    repositories: createRepositories(pool),
    adminApiKey: secrets.adminApiKey,
    /** Signs webhooks, and ends their address. */
    webhookToken: secrets.webhookToken,
    stack: running,
    /** One more worker beside that of the stack; stop it yourself. */
    startWorker: (): Promise<RunningApp> =>
      forkApp({
        name: 'worker',
        env: {
          ...baseEnv,
          ...extraEnv,
          ...queueEnv,
          ...(withModel ? simulatedModelEnv(running().avitoBaseUrl) : {}),
          DATABASE_URL: databaseUrl,
          QUEUE_PREFIX: queuePrefix,
          AVITO_API_BASE_URL: running().avitoBaseUrl,
          AVITO_CLIENT_ID: account.clientId,
          AVITO_CLIENT_SECRET: account.clientSecret,
          AVITO_USER_ID: String(accountId),
          WORKER_PORT: '0',
        },
        onLog: (line) => onLog('worker', line),
      }),
    simulator: (): SimulatorClient => createSimulatorClient({ url: running().simulatorUrl ?? '' }),
    changeSwitches: (change: Record<string, string | number>) => control('PATCH', 'switches', change),
    addFault: (fault: object) => control('POST', 'faults', fault),
    sign: (body: string) => createHmac('sha256', secrets.webhookToken).update(body).digest('hex'),
  };
}
