import { type Logger } from '@avito-autoreply/runtime';
import { Queue, Worker } from 'bullmq';
import { type Backend, foundJob, type NewJob } from './backend.ts';
import { eachQueue } from './each-queue.ts';
import { perTurn } from './per-turn.ts';
import { describeUrl } from './queue-errors.ts';
import { keyPrefix, parseRedisAddress } from './redis-address.ts';
import {
  boundedOptions,
  inOneWrite,
  openRedis,
  readiness,
  type RedisClient,
  workerOptions,
} from './redis-connection.ts';
import { evictionProblem, lookAtServers } from './redis-inspection.ts';

type Addition = { queue: Queue; job: NewJob };
type RedisBackendOptions = { url: string; prefix: string; commandTimeoutMs: number; logger: Logger };

// BullMQ blocks for 10 s at the most. A connection that says nothing for longer is lost, perhaps without a word.
const WORKER_SILENCE_MS = 15_000;
// Beyond that nobody counts milliseconds.
const WAKING_UP_TO_MS = 60_000;

// A key counts as taken from its second mention on.
const TAKEN_KEYS = `local taken = {}
local seen = {}
for place, key in ipairs(KEYS) do
  taken[place] = seen[key] or redis.call('EXISTS', key)
  seen[key] = 1
end
return taken`;

/** Whether each of these keys is taken, as Redis finds it before whatever is sent next. */
async function takenKeys(redis: RedisClient, keys: readonly string[]): Promise<readonly boolean[]> {
  const taken: unknown = await redis.eval(TAKEN_KEYS, keys.length, ...keys);
  return Array.isArray(taken) ? taken.map((count) => count === 1) : [];
}

/**
 * Queues in Redis. Commands go over one bounded connection; workers share a second one and have one each to block on.
 * The connection is opened, not awaited: a Redis that comes later is found later.
 */
export function createRedisBackend({
  url,
  prefix: wantedPrefix,
  commandTimeoutMs,
  logger,
}: RedisBackendOptions): Backend {
  const prefix = keyPrefix(parseRedisAddress(url), wantedPrefix);
  const commands = openRedis({ url, options: boundedOptions(commandTimeoutMs), logger });
  let working: RedisClient | undefined;
  const at = describeUrl(url);
  const check = async (): Promise<void> => {
    for (const server of await lookAtServers(commands, url)) {
      const problem = evictionProblem(server, server.at);
      if (problem) throw problem;
    }
  };
  // After the start as well: what comes back after an outage may be another server with other settings.
  commands.on('ready', () => {
    check().catch((error: unknown) => logger.error('redis is not fit to hold jobs', { error }));
  });
  // Redis looks for blocked clients whose time is up when something else happens, or ten times a second: without this a
  // delayed job starts up to 100 ms late. A worker that waits for it sits a moment behind our clock.
  const wakeAt = (delayMs: number): void => {
    if (delayMs <= 0 || delayMs > WAKING_UP_TO_MS) return;
    setTimeout(() => void commands.ping().catch(() => {}), delayMs + 3).unref();
  };
  const queues = eachQueue((name) => {
    const queue = new Queue(name, {
      connection: commands,
      prefix,
      // BullMQ would remember the failure of its first look for ever; ours is repeated on every reconnection.
      skipVersionCheck: true,
      skipWaitingForReady: true,
      streams: { events: { maxLen: 1_000 } },
    });
    // Without a listener it would throw. The connection reports its outages itself, commands reject.
    queue.on('error', () => {});
    return queue;
  });

  // BullMQ does not say whether the id was taken. All of a turn travel together: one round trip, and a race between two
  // producers at worst calls both jobs new.
  const add = perTurn((additions: readonly Addition[]) =>
    inOneWrite(commands, () => {
      const looked = takenKeys(
        commands,
        additions.map(({ queue, job }) => queue.toKey(job.jobId)),
      );
      return additions.map(async ({ queue, job: { name, data, jobId, options } }, index) => {
        const [taken] = await Promise.all([looked, queue.add(name, data, { ...options, jobId })]);
        return taken[index] === true;
      });
    }),
  );

  return {
    at,
    queues,
    ready: readiness(commands),
    check,
    add: async (queue, job) => {
      const isTaken = await add({ queue, job });
      wakeAt(job.options.delay ?? 0);
      return isTaken ? foundJob(await queue.getJobState(job.jobId)) : 'none';
    },
    createWorker: (name, process, settings) => {
      working ??= openRedis({ url, options: workerOptions(WORKER_SILENCE_MS), logger });
      return new Worker(name, process, { ...settings, connection: working, prefix });
    },
    ping: async () => {
      await commands.ping();
    },
    forgetEvents: async () => {
      await Promise.all(Object.values(queues).map((queue) => queue.trimEvents(0)));
    },
    close: async () => {
      await Promise.all(Object.values(queues).map((queue) => queue.close()));
      commands.disconnect();
      working?.disconnect();
    },
  };
}
