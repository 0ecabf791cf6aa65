import { createLifecycle, createLogger, listenToProcess, runMain } from '@avito-autoreply/runtime';
import { openWorkerParts, startWorker } from '../../../apps/worker/src/start-worker.ts';
import { loadWorkerConfig } from '../../../apps/worker/src/worker.config.ts';
import { shortTimings } from '../world/short-timings.ts';

// The worker's own main.ts, but for how long it lets abandoned work lie: for runs that must not take minutes.
await runMain(async () => {
  const config = await loadWorkerConfig(process.env);
  const logger = createLogger({ service: 'worker', ...config.log, secrets: config.secrets });
  const lifecycle = createLifecycle({ logger });
  listenToProcess({ lifecycle, logger });
  const context = { config, logger, lifecycle };
  const { port } = await startWorker({
    ...context,
    parts: await openWorkerParts(context),
    // A POST of the campaign may take 10 s.
    timings: { ...shortTimings, intentTimeoutMs: 12_000, overdueMs: 15_000 },
  });
  process.send?.({ type: 'listening', port });
});
