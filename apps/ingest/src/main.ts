import { connectQueues } from '@avito-autoreply/queue';
import {
  createLifecycle,
  createLogger,
  listenToProcess,
  runMain,
  systemClock,
} from '@avito-autoreply/runtime';
import { listen } from '@avito-autoreply/runtime/http';
import { createIngestApp } from './ingest-app.ts';
import { loadIngestConfig } from './ingest.config.ts';

await runMain(async () => {
  const config = await loadIngestConfig(process.env);
  const { secrets, token } = config.webhook;
  const logger = createLogger({
    service: 'ingest',
    ...config.log,
    secrets: token === undefined ? secrets : [...secrets, token],
  });
  const lifecycle = createLifecycle({ logger });
  listenToProcess({ lifecycle, logger });
  const queues = await connectQueues({ backend: config.backend, role: 'producer', logger, lifecycle });
  const app = createIngestApp({ queues, webhook: config.webhook, clock: systemClock, logger });
  const { port } = await listen({ app, name: 'ingest', ...config.http, lifecycle });
  logger.info('listening', { port, queue: config.backend.kind, signatureMode: config.webhook.signatureMode });
  process.send?.({ type: 'listening', port });
});
