import { createPool } from '@avito-autoreply/database';
import { createLifecycle, silentLogger } from '@avito-autoreply/runtime';
import { listen } from '@avito-autoreply/runtime/http';
import { expect, inject, onTestFinished, test } from 'vitest';
import { setUpAccount } from './testing/set-up.ts';
import { createWorkerApp } from './worker-app.ts';

const none = { waiting: 0, active: 0, delayed: 0, failed: 0, completed: 0 };

test('the metrics count the open alerts of the accounts that are ours, until they are over, and the held queues', async () => {
  const { repositories, accountId } = setUpAccount();
  const pool = createPool({ url: inject('databaseUrl'), max: 1, logger: silentLogger });
  onTestFinished(() => pool.end());
  const lifecycle = createLifecycle({ logger: silentLogger });
  onTestFinished(async () => void (await lifecycle.shutdown('test is over')));
  const app = createWorkerApp({
    queues: {
      counts: async () => ({
        'webhook-events': none,
        replies: none,
        sends: none,
        knowledge: none,
        maintenance: none,
      }),
      holds: async () => ({
        'webhook-events': undefined,
        replies: undefined,
        sends: { isPaused: true, concurrency: null, rate: null },
        knowledge: undefined,
        maintenance: undefined,
      }),
      ping: async () => {},
    },
    pool,
    alerts: repositories.alerts,
    accountIds: [accountId],
    assertAlive: () => {},
    logger: silentLogger,
  });
  const { port } = await listen({ app, name: 'worker', port: 0, lifecycle });
  const metrics = async () => (await fetch(`http://127.0.0.1:${port}/metrics`)).text();

  const kind = `kind-of-${accountId}`;
  await repositories.alerts.raise({ accountId, kind, subject: 'a', message: 'Одно.' });
  await repositories.alerts.raise({ accountId, kind, subject: 'b', message: 'Другое.' });
  await repositories.alerts.raise({ accountId: accountId + 1, kind, message: 'Чужое.' });
  expect(await metrics()).toMatch(new RegExp(`^autoreply_alerts_open\\{kind="${kind}",.*\\} 2$`, 'm'));
  expect(await metrics()).toMatch(/^autoreply_queue_held\{queue="sends",.*\} 1$/m);
  expect(await metrics()).toMatch(/^autoreply_queue_held\{queue="replies",.*\} 0$/m);

  for (const subject of ['a', 'b']) await repositories.alerts.clear({ accountId, kind, subject });
  expect(await metrics()).not.toContain(kind);
});
