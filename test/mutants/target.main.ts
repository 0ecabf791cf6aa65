import { createLifecycle, silentLogger, systemClock } from '@avito-autoreply/runtime';
import { listen } from '@avito-autoreply/runtime/http';
import { createIngestApp } from '../../apps/ingest/src/ingest-app.ts';
import { gateNames, gates } from './gates.ts';

export type TargetReport = { type: 'report'; enqueued: number; rss: number };
export type FromTarget = { type: 'listening'; ports: Record<string, number> } | TargetReport;

const tell = (message: FromTarget) => process.send?.(message);

// The real ingest, once per gate, in a process of its own so that its memory is its own. The queue only counts: one
// that took nothing has nothing in it.
let enqueued = 0;
const queues = {
  enqueue: async () => {
    enqueued += 1;
    return { jobId: String(enqueued), outcome: 'added' as const };
  },
  ping: async () => {},
};

const lifecycle = createLifecycle({ logger: silentLogger });
const ports: Record<string, number> = {};
for (const name of gateNames) {
  const app = createIngestApp({
    queues,
    webhook: gates[name].webhook,
    clock: systemClock,
    logger: silentLogger,
  });
  ports[name] = (await listen({ app, name, port: 0, lifecycle })).port;
}

process.on('message', () => tell({ type: 'report', enqueued, rss: process.memoryUsage().rss }));
process.once('disconnect', () => void lifecycle.shutdown('the parent is gone'));
tell({ type: 'listening', ports });
