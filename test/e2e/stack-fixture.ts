import { createHmac, randomInt } from 'node:crypto';
import { createAvitoClient } from '@avito-autoreply/avito';
import { createPool, createRepositories } from '@avito-autoreply/database';
import { silentLogger } from '@avito-autoreply/runtime';
import { afterAll, beforeAll, inject } from 'vitest';
import { createSimulatorClient, type SimulatorClient } from '../../apps/cli/src/demo/simulator-client.ts';
import { syncSampleShop } from '../../apps/cli/src/sample-shop.ts';
import { baseEnvOf } from '../../apps/cli/src/stack/child-env.ts';
import { newSecrets } from '../../apps/cli/src/stack/local-secrets.ts';
import { type Stack, startStack } from '../../apps/cli/src/stack/start-stack.ts';

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
  extraEnv = {},
}: {
  queue: QueueKind;
  withModel?: boolean;
  extraEnv?: Record<string, string>;
}) {
  const accountId = randomInt(1_000_000_000, 9_000_000_000);
  const secrets = newSecrets();
  const account = { userId: accountId, clientId: 'e2e', clientSecret: secrets.adminApiKey };
  const databaseUrl = inject('databaseUrl');
  const redisUrl = inject('redisUrl');
  const pool = createPool({ url: databaseUrl, max: 2, logger: silentLogger });
  const log: string[] = [];
  let stack: Stack | undefined;

  beforeAll(async () => {
    await syncSampleShop({ databaseUrl, accountId, logger: silentLogger });
    stack = await startStack({
      services: {
        databaseUrl,
        queueEnv:
          queue === 'redis' && redisUrl !== undefined
            ? { REDIS_URL: redisUrl }
            : { QUEUE_BACKEND: 'postgres' },
      },
      queuePrefix: `e2e-${accountId}`,
      account,
      webhook: { secret: secrets.webhookToken, token: secrets.webhookToken },
      adminApiKey: secrets.adminApiKey,
      ports: { ingest: 0, worker: 0, admin: 0, simulator: 0 },
      baseEnv: baseEnvOf({ PATH: process.env['PATH'] }, { LOG_LEVEL: 'info' }),
      simulatedModel: withModel,
      extraEnv: { AVITO_RESPONSE_DELAY_SECONDS: '1', ...extraEnv },
      onLog: (app, line) => log.push(`[${app}] ${line}`),
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
    stack: running,
    simulator: (): SimulatorClient => createSimulatorClient({ url: running().simulatorUrl ?? '' }),
    changeSwitches: (change: Record<string, string | number>) => control('PATCH', 'switches', change),
    addFault: (fault: object) => control('POST', 'faults', fault),
    sign: (body: string) => createHmac('sha256', secrets.webhookToken).update(body).digest('hex'),
  };
}
