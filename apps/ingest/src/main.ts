import { connectQueues } from '@avito-autoreply/queue';
import {
  createLifecycle,
  createLogger,
  listenToProcess,
  releaseStartUpMemory,
  runMain,
  systemClock,
} from '@avito-autoreply/runtime';
import { listen } from '@avito-autoreply/runtime/http';
import { createCaptureRequest } from './capture-request.ts';
import { createIngestApp } from './ingest-app.ts';
import { loadIngestConfig } from './ingest.config.ts';

await runMain(async () => {
  const config = await loadIngestConfig(process.env);
  const logger = createLogger({ service: 'ingest', ...config.log, secrets: config.secrets });
  const lifecycle = createLifecycle({ logger });
  listenToProcess({ lifecycle, logger });
  const queues = await connectQueues({ backend: config.backend, role: 'producer', logger, lifecycle });
  const { captureFile: file } = config;
  const capture = file === undefined ? undefined : createCaptureRequest({ file, logger });
  const app = createIngestApp({ queues, webhook: config.webhook, capture, clock: systemClock, logger });
  releaseStartUpMemory();
  const { port } = await listen({ app, name: 'ingest', ...config.http, lifecycle });
  const { webhook } = config;
  logger.info('listening', {
    port,
    queue: config.backend.kind,
    ...(webhook.kind === 'single'
      ? { signatureMode: webhook.webhook.signatureMode }
      : { accounts: webhook.accounts.length }),
  });
  process.send?.({ type: 'listening', port });
});
