import { sleep } from '@avito-autoreply/runtime';
import { inScratchDatabase } from '../scratch-database.ts';
import { defineSuite, type Report } from '../suite.ts';
import { mean, percentile, rounded } from '../timing.ts';
import { idleMegabytes } from '../resident-memory.ts';
import { FACTS, openWorld, type World } from './world.ts';
import { questionAbout, FIRST_FACT } from '../../test/faults/world/facts.ts';

const WARM_UP = 60;
const MODEL_MS = 1_000;

/** From the webhook's 200 to the POST of the answer, and answers a second where the model takes its time. */
export const pipelineSuite = defineSuite({
  name: 'pipeline',
  summary: 'from an accepted webhook to the POST of its answer, on Redis; needs redis-server on PATH',
  flags: {
    rate: [20, 'messages a second'],
    seconds: [30, 'for so long'],
    concurrency: [50, 'answers that a worker composes at once'],
    answers: [500, 'of the round with a model of 1 s'],
  },
  async run({ flags: { rate, seconds, concurrency, answers }, serverUrl, report }) {
    await inWorld({ serverUrl, concurrency, withModel: false, report }, async (world) => {
      report.target({
        what: 'idle worker, resident',
        value: await idleMegabytes(world.worker.pid),
        most: 160,
        unit: 'MB',
      });
      await latency(world, { rate, seconds, report });
    });
    await inWorld({ serverUrl, concurrency, withModel: true, report }, async (world) => {
      await throughput(world, { concurrency, answers, report });
    });
  },
});

async function inWorld(
  { serverUrl, ...options }: Omit<Parameters<typeof openWorld>[0], 'database'> & { serverUrl: string },
  work: (world: World) => Promise<void>,
): Promise<void> {
  await inScratchDatabase({ serverUrl, name: 'bench_pipeline' }, async (database) => {
    const world = await openWorld({ database, ...options });
    try {
      await work(world);
    } finally {
      await world.close();
    }
  });
}

/** One message in a chat of its own. */
async function ask({ control, accountId }: World, index: number): Promise<string> {
  const { id: chatId } = control.openChat({ accountId });
  await control.buyerWrites({ chatId, text: questionAbout(FIRST_FACT + (index % FACTS)) });
  return chatId;
}

async function latency(
  world: World,
  { rate, seconds, report }: { rate: number; seconds: number; report: Report },
): Promise<void> {
  const asked: string[] = [];
  const begun = performance.now();
  for (let index = 0; index < WARM_UP + rate * seconds; index += 1) {
    await sleep(Math.max(begun + (index * 1_000) / rate - performance.now(), 0));
    asked.push(await ask(world, index));
  }
  await world.answered();
  const buyers = world.ledger
    .deliveries({ accountId: world.accountId })
    .filter(({ kind }) => kind === 'buyer');
  const accepted = new Map(buyers.map(({ chatId, at, latencyMs }) => [chatId, at + latencyMs]));
  const sent = new Map(
    world.ledger.sends({ accountId: world.accountId }).map(({ chatId, at }) => [chatId, at]),
  );
  const times = asked
    .slice(WARM_UP)
    .map((chatId) => (sent.get(chatId) ?? Infinity) - (accepted.get(chatId) ?? 0));
  report.table(`accepted → POST at ${rate} messages/s, no delay, no model; milliseconds`, [
    {
      messages: times.length,
      mean: rounded(mean(times)),
      p50: percentile(0.5, times),
      p95: percentile(0.95, times),
      p99: percentile(0.99, times),
      max: Math.max(...times),
    },
  ]);
  report.target({ what: 'accepted → POST, p50', value: percentile(0.5, times), most: 25, unit: 'ms' });
  report.target({ what: 'accepted → POST, p99', value: percentile(0.99, times), most: 150, unit: 'ms' });
}

async function throughput(
  world: World,
  { concurrency, answers, report }: { concurrency: number; answers: number; report: Report },
): Promise<void> {
  // Slow from here on: the warm-up compiles and connects.
  for (let index = 0; index < WARM_UP; index += 1) await ask(world, index);
  await world.answered();
  world.control.changeSwitches({ modelMode: 'slow', modelDelayMs: MODEL_MS });
  const begun = Date.now();
  for (let index = 0; index < answers; index += 1) await ask(world, index);
  await world.answered();
  const times = world.ledger
    .sends({ accountId: world.accountId })
    .map(({ at }) => at)
    .filter((at) => at > begun)
    .toSorted((a, b) => a - b);
  const seconds = ((times.at(-1) ?? 0) - begun) / 1_000;
  const rate = times.length / seconds;
  report.table(`${answers} questions at once, a model of ${MODEL_MS} ms, ${concurrency} at a time`, [
    { answers: times.length, seconds: rounded(seconds), 'answers/s': rounded(rate) },
  ]);
  report.target({
    what: 'answers/s of concurrency ÷ 1 s',
    value: rate / concurrency,
    least: 0.9,
  });
}
