import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { forkApp, type RunningApp } from '../../apps/cli/src/stack/fork-app.ts';
import { freePort } from '../../test/faults/services/free-port.ts';
import { startRedisServer } from '../../test/faults/services/redis-server.ts';
import { idleMegabytes } from '../resident-memory.ts';
import { defineSuite, type Report } from '../suite.ts';
import { mean, percentile, rounded } from '../timing.ts';
import { deliveries } from './deliveries.ts';
import { hammer } from './hammer.ts';

const SECRET = 'secret-of-the-benchmark';
const PLAIN = fileURLToPath(new URL('plain-ingest.main.ts', import.meta.url));
/** Before the clock runs: compiled code, connections, Redis' own tables. */
const WARM_UP = 2_000;
/** More connections than a kernel queues at once would measure the kernel's patience. */
const BURST_CONNECTIONS = 500;

type Figures = { rates: number[]; p99s: number[] };

/** Webhooks that are checked and queued, beside the plain pattern, on a Redis with an append-only file. */
export const ingestSuite = defineSuite({
  name: 'ingest',
  summary: 'webhooks accepted a second, beside Express + HMAC + one queue.add; needs redis-server on PATH',
  flags: {
    requests: [15_000, 'of a round'],
    rounds: [3, 'for each side, in turn'],
    connections: [50, 'kept alive'],
    burst: [3_000, 'requests at once'],
  },
  async run({ flags: { requests, rounds, connections, burst }, report }) {
    const folder = await mkdtemp(join(tmpdir(), 'bench-ingest-'));
    const redisPort = await freePort();
    const redis = await startRedisServer({ port: redisPort, folder });
    const started: RunningApp[] = [];
    const start = async (main?: string) => {
      const app = await forkApp({
        name: 'ingest',
        main,
        env: {
          REDIS_URL: `redis://127.0.0.1:${redisPort}`,
          QUEUE_PREFIX: main === undefined ? 'ours' : 'plain',
          AVITO_WEBHOOK_SECRET: SECRET,
          AVITO_SIGNATURE_MODE: 'hmac',
          INGEST_PORT: '0',
          LOG_LEVEL: 'warn',
        },
        onLog: report.note,
      });
      started.push(app);
      return app;
    };
    try {
      const ours = await start();
      const plain = await start(PLAIN);
      report.target({
        what: 'idle ingest, resident',
        value: await idleMegabytes(ours.pid),
        most: 110,
        unit: 'MB',
      });
      const sides = [
        { name: 'Avito Autoreply', app: ours, figures: newFigures() },
        { name: 'Express + HMAC + queue.add', app: plain, figures: newFigures() },
      ];
      for (const { app } of sides) await send(app, { count: WARM_UP, connections });
      for (let round = 0; round < rounds; round += 1) {
        for (const { app, figures } of sides) {
          const { times, seconds } = await send(app, { count: requests, connections });
          figures.rates.push(times.length / seconds);
          figures.p99s.push(percentile(0.99, times));
        }
      }
      report.table(
        `${requests} webhooks over ${connections} connections, ${rounds} rounds in turn`,
        sides.map(({ name, figures }) => ({
          side: name,
          'requests/s': rounded(mean(figures.rates), 0),
          'p99 ms': rounded(mean(figures.p99s)),
        })),
      );
      const burstTimes = (await send(ours, { count: burst, connections: BURST_CONNECTIONS })).times;
      reportTargets({ sides, burst: Math.max(...burstTimes), report });
    } finally {
      await Promise.all(started.map((app) => app.stop()));
      await redis.stop();
      await rm(folder, { recursive: true, force: true });
    }
  },
});

const newFigures = (): Figures => ({ rates: [], p99s: [] });

async function send({ port }: RunningApp, { count, connections }: { count: number; connections: number }) {
  const hammered = await hammer({ port, connections, requests: deliveries({ count, secret: SECRET }) });
  const others = Object.entries(hammered.others);
  if (others.length > 0) throw new Error(`not all were accepted: ${JSON.stringify(hammered.others)}`);
  return hammered;
}

function reportTargets({
  sides,
  burst,
  report,
}: {
  sides: readonly { figures: Figures }[];
  burst: number;
  report: Report;
}): void {
  const [ours, plain] = sides.map(({ figures }) => figures);
  if (ours === undefined || plain === undefined) return;
  report.target({
    what: 'rate beside the plain pattern',
    value: mean(ours.rates) / mean(plain.rates),
    least: 1.2,
    unit: '×',
  });
  report.target({ what: 'p99', value: mean(ours.p99s), most: mean(plain.p99s), unit: 'ms' });
  report.target({ what: 'longest of the burst', value: burst, most: 2_000, unit: 'ms' });
}
