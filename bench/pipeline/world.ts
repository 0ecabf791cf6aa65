import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAvitoClient } from '@avito-autoreply/avito';
import { WEBHOOK_PATH } from '@avito-autoreply/avito/webhook';
import { type Control, createSimulator, type Ledger } from '@avito-autoreply/simulator';
import { forkApp, type RunningApp } from '../../apps/cli/src/stack/fork-app.ts';
import { simulatedModelEnv } from '../../apps/cli/src/stack/start-stack.ts';
import { freePort } from '../../test/faults/services/free-port.ts';
import { startRedisServer } from '../../test/faults/services/redis-server.ts';
import { newAccount } from '../../test/faults/world/account.ts';
import { syncFacts } from '../../test/faults/world/facts.ts';
import { serve } from '../../test/faults/world/serve.ts';
import { queueEnv, workerEnv } from '../../test/faults/world/worker-env.ts';
import type { ScratchDatabase } from '../scratch-database.ts';
import type { Report } from '../suite.ts';

/** In the knowledge base, each an answer of one message. */
export const FACTS = 60;
const ANSWERED_WITHIN_MS = 180_000;

export type World = {
  accountId: number;
  control: Control;
  ledger: Ledger;
  worker: RunningApp;
  /** Resolves when no message waits for its answer any more. */
  answered: () => Promise<void>;
  close: () => Promise<void>;
};

/** Ingest and one worker as processes, on a Redis of their own and this database; Avito and the model in this process. */
export async function openWorld({
  database: { pool, url: databaseUrl },
  concurrency,
  withModel,
  report,
}: {
  database: ScratchDatabase;
  concurrency: number;
  withModel: boolean;
  report: Report;
}): Promise<World> {
  const closers: (() => Promise<unknown>)[] = [];
  const close = async (): Promise<void> => {
    for (const closer of closers.toReversed()) await closer();
  };
  try {
    const folder = await mkdtemp(join(tmpdir(), 'bench-pipeline-'));
    closers.push(() => rm(folder, { recursive: true, force: true }));
    const redisPort = await freePort();
    const redis = await startRedisServer({ port: redisPort, folder });
    closers.push(redis.stop);

    const account = newAccount();
    const { userId: accountId, clientId, clientSecret, webhookToken } = account;
    const simulator = createSimulator({});
    simulator.control.addAccount({ id: accountId, ...account });
    const stand = await serve(simulator.app);
    closers.push(stand.close, simulator.close);
    await syncFacts({ pool, accountId, facts: FACTS, partsOf: () => 1 });

    const addresses = { databaseUrl, redisUrl: `redis://127.0.0.1:${redisPort}`, avitoUrl: stand.url };
    const ingest = await forkApp({
      name: 'ingest',
      env: {
        ...queueEnv(addresses, 'bench'),
        AVITO_WEBHOOK_TOKEN: webhookToken,
        INGEST_PORT: '0',
        LOG_LEVEL: 'warn',
      },
      onLog: report.note,
    });
    closers.push(ingest.stop);
    const worker = await forkApp({
      name: 'worker',
      env: {
        ...workerEnv({ addresses, account, prefix: 'bench' }),
        ...(withModel ? simulatedModelEnv(stand.url) : {}),
        AVITO_RESPONSE_DELAY_SECONDS: '0',
        AVITO_PROCESSING_WORKERS: String(concurrency),
        AVITO_MAX_QUEUE_SIZE: '10000',
      },
      onLog: report.note,
    });
    closers.push(worker.stop);
    const avito = createAvitoClient({ baseUrl: stand.url, credentials: { clientId, clientSecret } });
    await avito.registerWebhook({
      userId: accountId,
      url: `http://127.0.0.1:${ingest.port}${WEBHOOK_PATH}/${webhookToken}`,
    });
    const { control, ledger } = simulator;
    return {
      accountId,
      control,
      ledger,
      worker,
      answered: async () => {
        await control.waitUntilAnswered({ timeoutMs: ANSWERED_WITHIN_MS });
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
