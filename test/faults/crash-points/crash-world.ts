import { fileURLToPath } from 'node:url';
import { createAvitoClient } from '@avito-autoreply/avito';
import { createRepositories, type Pool } from '@avito-autoreply/database';
import { connectQueues } from '@avito-autoreply/queue';
import { AppError, silentLogger, sleep, systemClock } from '@avito-autoreply/runtime';
import type { Simulator } from '@avito-autoreply/simulator';
import { baseEnvOf } from '../../../apps/cli/src/stack/child-env.ts';
import { forkApp, type RunningApp } from '../../../apps/cli/src/stack/fork-app.ts';
import { createIngestApp } from '../../../apps/ingest/src/ingest-app.ts';
import { judge, type Verdict } from '../judge/judge.ts';
import { newAccount } from '../world/account.ts';
import { FIRST_FACT, questionAbout, syncFacts, marksIn } from '../world/facts.ts';
import { countOpenWork, readKept, readLedger } from '../world/read-records.ts';
import { serve } from '../world/serve.ts';
import { workerEnv } from '../world/worker-env.ts';

export type Services = {
  databaseUrl: string;
  redisUrl: string | undefined;
  pool: Pool;
  simulator: Simulator;
  avitoUrl: string;
};

/** Where and when a worker kills itself; `hit` 1 is the first time that it comes by. */
export type Crash = { point: string; hit: number };

const MAIN = fileURLToPath(new URL('crashing-worker.main.ts', import.meta.url));
const LOOK_EVERY_MS = 100;
// Two crashes, each with the takeover of a job (8 s at the latest), and what is settled by waiting.
const SETTLE_MS = 60_000;
// A second answer comes soon after the first, or by the sweep.
const QUIET_MS = 1_500;

/** An account with its own jobs and its own workers, which may be killed without disturbing anybody else's. */
export async function openCrashWorld({ databaseUrl, redisUrl, pool, simulator, avitoUrl }: Services) {
  const account = newAccount();
  const { userId: accountId } = account;
  const prefix = `crash-${accountId}`;
  simulator.control.addAccount({ id: accountId, ...account });
  // Fact 101 leaves in one part, 102 in two, 103 in three.
  await syncFacts({ pool, accountId, facts: 3, partsOf: (fact) => fact - FIRST_FACT + 1 });
  // The buyer writes before the first worker starts; what he wrote before the first switch-on would not be answered.
  await createRepositories(pool).chats.switchedOnAt(accountId);
  const queues = await connectQueues({
    backend:
      redisUrl === undefined
        ? { kind: 'postgres', url: databaseUrl, prefix }
        : { kind: 'redis', url: redisUrl, prefix },
    role: 'producer',
    logger: silentLogger,
  });
  const ingest = await serve(
    createIngestApp({
      queues,
      webhook: {
        kind: 'single',
        webhook: { token: account.webhookToken, secrets: [], signatureMode: 'off' },
      },
      clock: systemClock,
      logger: silentLogger,
    }),
  );
  await createAvitoClient({ baseUrl: avitoUrl, credentials: account }).registerWebhook({
    userId: accountId,
    url: `${ingest.url}/api/v1/webhooks/avito/messages/${account.webhookToken}`,
  });

  const log: string[] = [];
  const passed: string[] = [];
  const fork = (crash?: Crash): Promise<RunningApp> =>
    forkApp({
      name: 'worker',
      main: MAIN,
      env: baseEnvOf(
        { PATH: process.env['PATH'] },
        {
          ...workerEnv({ addresses: { databaseUrl, redisUrl, avitoUrl }, account, prefix }),
          AVITO_RESPONSE_DELAY_SECONDS: '0',
          AVITO_SETTLE_SECONDS: '1',
          AVITO_POLL_INTERVAL_SECONDS: '5',
          ...(crash ? { FAULTS_CRASH_AT: crash.point, FAULTS_CRASH_HIT: String(crash.hit) } : {}),
        },
      ),
      onLog: (line) => log.push(line),
      onMessage: (message) => {
        if (typeof message === 'object' && message !== null && 'name' in message)
          passed.push(String(message.name));
      },
    });

  const verdict = async (): Promise<Verdict> =>
    judge(
      { ...readLedger({ simulator, accountId }), kept: await readKept({ pool, accountId }) },
      { graceMs: 0 },
    );
  const parts = () => simulator.ledger.sends({ accountId }).map(({ text }) => marksIn(text)[0]);

  return {
    /** Resolves when the worker has died of its crash; false when it never came by the point. */
    runUntilCrash: async (crash: Crash, { until }: { until: () => Promise<boolean> }): Promise<boolean> => {
      let worker: RunningApp;
      try {
        worker = await fork(crash);
      } catch (error) {
        // It may come by its point before it listens: the jobs were waiting for it.
        if (error instanceof AppError && error.message.includes('SIGKILL')) return true;
        throw error;
      }
      const dead = new AbortController();
      void worker.ended.then(() => dead.abort());
      while (!dead.signal.aborted) {
        if (await until()) {
          await worker.stop();
          return false;
        }
        await sleep(LOOK_EVERY_MS);
      }
      return true;
    },
    start: () => fork(),
    ask: (fact: number) =>
      simulator.control.buyerWrites({ accountId, text: questionAbout(fact), awaitDelivery: true }),
    passed,
    log,
    parts,
    verdict,
    /** Everything is answered and nothing is open, for a while. */
    isSettled: async (): Promise<boolean> =>
      (await verdict()).unanswered === 0 && (await countOpenWork({ pool, accountId })) === 0,
    settle: async (isSettled: () => Promise<boolean>): Promise<void> => {
      const end = Date.now() + SETTLE_MS;
      let sends = -1;
      while (Date.now() < end) {
        const now = parts().length;
        if (now === sends && (await isSettled())) return;
        sends = now;
        await sleep(now > 0 ? QUIET_MS : LOOK_EVERY_MS);
      }
    },
    close: async (): Promise<void> => {
      await ingest.close();
      await queues.close();
    },
  };
}

export type CrashWorld = Awaited<ReturnType<typeof openCrashWorld>>;
