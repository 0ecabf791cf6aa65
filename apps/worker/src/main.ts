import {
  createLifecycle,
  createLogger,
  listenToProcess,
  releaseStartUpMemory,
  runMain,
} from '@avito-autoreply/runtime';
import { openWorkerParts, startWorker } from './start-worker.ts';
import { loadWorkerConfig } from './worker.config.ts';

await runMain(async () => {
  const config = await loadWorkerConfig(process.env);
  const logger = createLogger({ service: 'worker', ...config.log, secrets: config.secrets });
  const lifecycle = createLifecycle({ logger });
  listenToProcess({ lifecycle, logger });
  const context = { config, logger, lifecycle };
  const parts = await openWorkerParts(context);
  releaseStartUpMemory();
  const { port } = await startWorker({ ...context, parts });
  process.send?.({ type: 'listening', port });
});
