import { createLifecycle, createLogger, listenToProcess, runMain } from '@avito-autoreply/runtime';
import { openWorkerParts, startWorker } from '../../../apps/worker/src/start-worker.ts';
import { loadWorkerConfig } from '../../../apps/worker/src/worker.config.ts';
import { watchParts } from './watch-parts.ts';

/**
 * A worker as in production, but that it kills itself (kill -9, nothing is tidied up) when it comes by `FAULTS_CRASH_AT`
 * for the `FAULTS_CRASH_HIT`th time, and tells its parent each checkpoint that it passes.
 */
await runMain(async () => {
  const { FAULTS_CRASH_AT: crashAt, FAULTS_CRASH_HIT: crashHit = '1' } = process.env;
  const config = await loadWorkerConfig(process.env);
  const logger = createLogger({ service: 'worker', ...config.log, secrets: config.secrets });
  const lifecycle = createLifecycle({ logger });
  listenToProcess({ lifecycle, logger });
  const context = { config, logger, lifecycle };

  let hits = 0;
  const checkpoint = (name: string): void => {
    process.send?.({ type: 'checkpoint', name });
    if (name !== crashAt) return;
    hits += 1;
    if (hits === Number(crashHit)) process.kill(process.pid, 'SIGKILL');
  };
  const parts = watchParts(await openWorkerParts(context), checkpoint);
  const { port } = await startWorker({ ...context, parts });
  process.send?.({ type: 'listening', port });
});
