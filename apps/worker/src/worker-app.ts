import type { Pool, Repositories } from '@avito-autoreply/database';
import { type Queues, queueNames } from '@avito-autoreply/queue';
import type { Logger } from '@avito-autoreply/runtime';
import { createPlainApp, createRegistry, takeHealth } from '@avito-autoreply/runtime/http';
import type { RequestListener } from 'node:http';
import { Gauge } from 'prom-client';

type WorkerAppOptions = {
  queues: Pick<Queues, 'counts' | 'holds' | 'ping'>;
  pool: Pool;
  alerts: Pick<Repositories['alerts'], 'countOpen'>;
  accountIds: readonly number[];
  /** Throws when a worker of this process is given no jobs any more. */
  assertAlive: () => void;
  logger: Logger;
};

/** Health and metrics only; built but not listening. */
export function createWorkerApp({
  queues,
  pool,
  alerts,
  accountIds,
  assertAlive,
  logger,
}: WorkerAppOptions): RequestListener {
  const registry = createRegistry({ service: 'worker' });
  const jobs = new Gauge({
    name: 'autoreply_jobs',
    help: 'Jobs by queue and state; the same figures from every worker',
    labelNames: ['queue', 'state'],
    registers: [registry],
    collect: async () => {
      const counts = await queues.counts();
      for (const queue of queueNames) {
        for (const [state, count] of Object.entries(counts[queue])) jobs.set({ queue, state }, count);
      }
    },
  });
  const held = new Gauge({
    name: 'autoreply_queue_held',
    help: '1 while somebody has paused or limited the queue on the board; the same figures from every worker',
    labelNames: ['queue'],
    registers: [registry],
    collect: async () => {
      const holds = await queues.holds();
      for (const queue of queueNames) held.set({ queue }, holds[queue] === undefined ? 0 : 1);
    },
  });
  const openAlerts = new Gauge({
    name: 'autoreply_alerts_open',
    help: 'Open alerts by kind; the same figures from every worker',
    labelNames: ['kind'],
    registers: [registry],
    collect: async () => {
      const counts = await alerts.countOpen({ accountIds });
      // A kind of which none is open any more must not keep its last figure.
      openAlerts.reset();
      for (const { kind, count } of counts) openAlerts.set({ kind }, count);
    },
  });
  const health = takeHealth({
    assertAlive,
    checks: { queue: () => queues.ping(), database: () => pool.query('select 1') },
    registry,
    logger,
  });
  return createPlainApp({ takes: [health], logger });
}
