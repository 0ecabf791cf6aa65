import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AppError } from '@avito-autoreply/runtime';
import { type Supervised, supervise } from '../chaos/supervisor.ts';
import { comesTrue } from './comes-true.ts';
import { freePort } from './free-port.ts';
import { redisCommand, startRedisServer } from './redis-server.ts';

export type RedisTopology = {
  /** For REDIS_URL. */
  url: string;
  /** Kills and pauses whichever server has the keys just now. */
  redis: Supervised;
  /** Whether a proxy in front of it sees all that goes there: only of a single server. */
  isProxied: boolean;
  flush: () => Promise<void>;
  description: string;
  stop: () => Promise<void>;
};

export type Server = { port: number; process: Supervised };

/** So many supervised servers, each in a folder of its own. */
export async function startServers({
  count,
  folder,
  settingsOf = () => [],
}: {
  count: number;
  folder: string;
  settingsOf?: (port: number, index: number, ports: readonly number[]) => readonly string[];
}): Promise<Server[]> {
  const ports = await Promise.all(Array.from({ length: count }, freePort));
  const servers = ports.map((port, index) => ({
    port,
    process: supervise(() =>
      startRedisServer({
        port,
        folder: join(folder, `redis-${port}`),
        settings: settingsOf(port, index, ports),
      }),
    ),
  }));
  await Promise.all(servers.map(({ process }) => process.whenUp()));
  return servers;
}

/** Asks until the answer fits; throws `faults.redis-failed` when it never does. */
export async function untilRedisSays(
  { port, command, fits }: { port: number; command: string; fits: (answer: string) => boolean },
  { timeoutMs = 30_000 }: { timeoutMs?: number } = {},
): Promise<void> {
  let answer = '';
  const hasCome = await comesTrue(
    async () => {
      answer = await redisCommand(port, command).catch(String);
      return fits(answer);
    },
    { withinMs: timeoutMs, everyMs: 100 },
  );
  if (hasCome) return;
  throw new AppError(`redis on ${port} says to ${command}: ${answer}`, { code: 'faults.redis-failed' });
}

/** Whatever is asked of it happens to the server that `pick` names at that moment. */
export function asOne(
  servers: readonly Server[],
  { pick, forAtLeastMs = 0 }: { pick: () => Promise<Server | undefined>; forAtLeastMs?: number },
): Supervised {
  const sum = (name: keyof Supervised['counts']) => () =>
    servers.reduce((total, { process }) => total + process.counts[name], 0);
  const counts = {} as Supervised['counts'];
  for (const name of ['kills', 'pauses', 'endedByItself', 'failedStarts'] as const) {
    Object.defineProperty(counts, name, { get: sum(name), enumerable: true });
  }
  return {
    counts,
    whenUp: async () => {
      await Promise.all(servers.map(({ process }) => process.whenUp()));
    },
    kill: (forMs) => {
      void pick().then((server) => server?.process.kill(Math.max(forMs, forAtLeastMs)));
    },
    pause: async (forMs) => (await pick())?.process.pause(Math.max(forMs, forAtLeastMs)),
    stop: async () => {
      await Promise.all(servers.map(({ process }) => process.stop()));
    },
  };
}

export const temporaryFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'faults-redis-'));

export async function startSingleRedis(): Promise<RedisTopology> {
  const folder = await temporaryFolder();
  const [server] = await startServers({ count: 1, folder });
  if (!server) throw new AppError('no server was started', { code: 'faults.redis-failed' });
  return {
    url: `redis://127.0.0.1:${server.port}`,
    redis: server.process,
    isProxied: true,
    flush: async () => {
      await redisCommand(server.port, 'FLUSHALL');
    },
    description: 'redis-server with AOF',
    stop: async () => {
      await server.process.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
