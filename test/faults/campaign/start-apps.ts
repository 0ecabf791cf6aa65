import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FaultProxy } from '@avito-autoreply/runtime/testing';
import { baseEnvOf } from '../../../apps/cli/src/stack/child-env.ts';
import { forkApp } from '../../../apps/cli/src/stack/fork-app.ts';
import type { LinkName, ProcessName } from '../chaos/plan-chaos.ts';
import { type Supervised, supervise } from '../chaos/supervisor.ts';
import { freePort } from '../services/free-port.ts';
import type { TestAccount } from '../world/account.ts';
import { queueEnv } from '../world/worker-env.ts';
import type { Candidate } from './candidates.ts';
import { openLinks } from './links.ts';
import type { CampaignServices } from './open-services.ts';

type StartOptions = {
  accounts: readonly TestAccount[];
  seed: string;
  services: CampaignServices;
  simulatorUrl: string;
  settleSeconds: number;
  mains: Candidate['mains'];
};

export type CampaignApps = {
  processes: Partial<Record<ProcessName, Supervised>>;
  links: Record<LinkName, FaultProxy>;
  webhookUrl: (account: TestAccount) => string;
  /** Messages of warnings and errors that the apps logged, with how often. */
  warnings: Record<string, number>;
  stop: () => Promise<void>;
};

// The wait for a burst is short, so that a run takes minutes; the rest is as in production.
const replySettings = {
  AVITO_RESPONSE_DELAY_SECONDS: '1',
  AVITO_RESPONSE_MAX_WAIT_SECONDS: '5',
  AVITO_POLL_INTERVAL_SECONDS: '5',
  AVITO_PROCESSING_WORKERS: '5',
  AVITO_MAX_QUEUE_SIZE: '100000',
  // A campaign puts a day's questions into minutes.
  AVITO_MAX_REPLIES_PER_CHAT_PER_HOUR: '10000',
  AVITO_MAX_REPLIES_PER_CHAT_PER_DAY: '10000',
};

/** One ingest and two workers by their own main.ts, each supervised, each link with a proxy in it. */
export async function startApps({
  accounts,
  seed,
  services,
  simulatorUrl,
  settleSeconds,
  mains,
}: StartOptions): Promise<CampaignApps> {
  const folder = await mkdtemp(join(tmpdir(), 'faults-apps-'));
  const accountsFile = join(folder, 'accounts.json');
  const entries = accounts.map(({ userId, clientId, clientSecret }) => ({
    user_id: userId,
    client_id: clientId,
    client_secret: clientSecret,
  }));
  await writeFile(accountsFile, JSON.stringify(entries));

  const ingestPort = await freePort();
  const [{ webhookToken } = { webhookToken: '' }] = accounts;
  const links = await openLinks({
    seed,
    targets: {
      webhook: `http://127.0.0.1:${ingestPort}`,
      redis: services.redis.isProxied ? services.redis.url : simulatorUrl,
      postgres: services.databaseUrl,
      avito: simulatorUrl,
      model: simulatorUrl,
    },
  });
  const base = baseEnvOf(
    { PATH: process.env['PATH'] },
    {
      LOG_LEVEL: 'warn',
      ...queueEnv(
        {
          databaseUrl: links.postgres.url,
          redisUrl: services.redis.isProxied ? links.redis.url : services.redis.url,
        },
        `faults-${seed}`,
      ),
    },
  );
  const workerEnv = {
    ...base,
    ...replySettings,
    AVITO_SETTLE_SECONDS: String(settleSeconds),
    AVITO_ACCOUNTS_FILE: accountsFile,
    AVITO_API_BASE_URL: links.avito.url.replace(/\/$/, ''),
    OPENAI_API_KEY: 'any',
    OPENAI_BASE_URL: `${links.model.url}v1`,
    OPENAI_CHAT_MODEL: 'simulated-chat',
    WORKER_PORT: '0',
  };
  const warnings: Record<string, number> = {};
  const onLog = (line: string): void => {
    const message = /"message":"([^"]*)"/.exec(line)?.[1] ?? line.slice(0, 120);
    warnings[message] = (warnings[message] ?? 0) + 1;
  };
  const worker = () =>
    supervise(() => forkApp({ name: 'worker', main: mains.worker, env: workerEnv, onLog }));
  const ingestEnv = { ...base, AVITO_WEBHOOK_TOKEN: webhookToken, INGEST_PORT: String(ingestPort) };
  const apps = {
    ingest: supervise(() => forkApp({ name: 'ingest', main: mains.ingest, env: ingestEnv, onLog })),
    'worker-1': worker(),
    'worker-2': worker(),
  };
  await Promise.all(Object.values(apps).map((app) => app.whenUp()));
  return {
    processes: {
      ...apps,
      redis: services.redis.redis,
      ...(services.postgres ? { postgres: services.postgres } : {}),
    },
    links,
    webhookUrl: () => `${links.webhook.url}api/v1/webhooks/avito/messages/${webhookToken}`,
    warnings,
    stop: async () => {
      await Promise.all(Object.values(apps).map((app) => app.stop()));
      await Promise.all(Object.values(links).map((link) => link.close()));
      await rm(folder, { recursive: true, force: true });
    },
  };
}
