import { spawn } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Supervised, supervise } from '../chaos/supervisor.ts';
import { freePort } from './free-port.ts';
import { redisCommand } from './redis-server.ts';
import {
  asOne,
  type RedisTopology,
  type Server,
  startServers,
  temporaryFolder,
  untilRedisSays,
} from './redis-topology.ts';
import { runningProcess } from './running-process.ts';

const MASTER = 'autoreply';
const SENTINELS = 3;
const DOWN_AFTER_MS = 1_000;
// A server that is back before the sentinels have noticed is not replaced.
const FAILOVER_TAKES_MS = 5_000;

async function startSentinel({
  folder,
  port,
  masterPort,
}: {
  folder: string;
  port: number;
  masterPort: number;
}): Promise<Supervised> {
  await mkdir(folder, { recursive: true });
  const file = join(folder, `sentinel-${port}.conf`);
  // It rewrites this file as it learns.
  await writeFile(
    file,
    [
      `port ${port}`,
      'bind 127.0.0.1',
      `dir ${folder}`,
      `sentinel monitor ${MASTER} 127.0.0.1 ${masterPort} 2`,
      `sentinel down-after-milliseconds ${MASTER} ${DOWN_AFTER_MS}`,
      `sentinel failover-timeout ${MASTER} 5000`,
      '',
    ].join('\n'),
  );
  const sentinel = supervise(async () => {
    const child = spawn('redis-server', [file, '--sentinel'], { stdio: 'ignore', detached: true });
    const running = runningProcess(child, 'SIGTERM');
    await untilRedisSays({ port, command: 'PING', fits: (answer) => answer.includes('PONG') });
    return running;
  });
  await sentinel.whenUp();
  return sentinel;
}

/** A master and a replica, and three sentinels that put the one in the other's place. */
export async function startRedisSentinels(): Promise<RedisTopology> {
  const folder = await temporaryFolder();
  const servers: Server[] = await startServers({
    count: 2,
    folder,
    settingsOf: (_port, index, ports) => (index === 0 ? [] : ['--replicaof', `127.0.0.1 ${ports[0]}`]),
  });
  const ports = await Promise.all(Array.from({ length: SENTINELS }, freePort));
  const sentinels = await Promise.all(
    ports.map((port) =>
      startSentinel({ folder: join(folder, `${port}`), port, masterPort: servers[0]?.port ?? 0 }),
    ),
  );
  for (const port of ports) {
    await untilRedisSays({
      port,
      command: `SENTINEL ckquorum ${MASTER}`,
      fits: (answer) => answer.includes(`OK ${SENTINELS} usable`),
    });
    await untilRedisSays({
      port,
      command: `SENTINEL replicas ${MASTER}`,
      fits: (answer) => answer.includes(String(servers[1]?.port)),
    });
  }
  const master = async (): Promise<Server | undefined> => {
    const answer = await redisCommand(ports[0] ?? 0, `SENTINEL get-master-addr-by-name ${MASTER}`);
    return servers.find(({ port }) => answer.includes(`\r\n${port}\r\n`));
  };
  return {
    url: `redis-sentinel://${ports.map((port) => `127.0.0.1:${port}`).join(',')}/${MASTER}`,
    redis: asOne(servers, { pick: master, forAtLeastMs: FAILOVER_TAKES_MS }),
    isProxied: false,
    flush: async () => {
      await redisCommand((await master())?.port ?? 0, 'FLUSHALL');
    },
    description: 'Redis with a replica and three sentinels, AOF',
    stop: async () => {
      await Promise.all([...sentinels, ...servers.map(({ process }) => process)].map((each) => each.stop()));
      await rm(folder, { recursive: true, force: true });
    },
  };
}
