import { rm } from 'node:fs/promises';
import { redisCommand } from './redis-server.ts';
import {
  asOne,
  type RedisTopology,
  startServers,
  temporaryFolder,
  untilRedisSays,
} from './redis-topology.ts';

const SLOTS = 16_384;
const NODES = 3;

/** Three masters on loopback that share the slots; each keeps its part of the map over a kill. */
export async function startRedisCluster(): Promise<RedisTopology> {
  const folder = await temporaryFolder();
  const servers = await startServers({
    count: NODES,
    folder,
    settingsOf: (port) => [
      '--cluster-enabled',
      'yes',
      // A node that a busy machine keeps waiting is not gone: no other takes over its slots.
      '--cluster-node-timeout',
      '5000',
      // The bus has a port of its own, 10,000 above; of ports above 55,535 there is none.
      ...(port > 55_535 ? ['--cluster-port', String(port - 10_000)] : []),
    ],
  });
  const share = Math.ceil(SLOTS / NODES);
  for (const [index, { port }] of servers.entries()) {
    const last = Math.min((index + 1) * share, SLOTS) - 1;
    await redisCommand(port, `CLUSTER ADDSLOTSRANGE ${index * share} ${last}`);
  }
  const [first] = servers;
  for (const { port } of servers.slice(1)) {
    const bus = port > 55_535 ? ` ${port - 10_000}` : '';
    await redisCommand(first?.port ?? 0, `CLUSTER MEET 127.0.0.1 ${port}${bus}`);
  }
  for (const { port } of servers) {
    await untilRedisSays({
      port,
      command: 'CLUSTER INFO',
      fits: (answer) =>
        answer.includes('cluster_state:ok') && answer.includes(`cluster_known_nodes:${NODES}`),
    });
  }
  let turn = 0;
  return {
    url: `redis-cluster://${servers.map(({ port }) => `127.0.0.1:${port}`).join(',')}`,
    // One after the other: sooner or later it is the one that has the queues.
    redis: asOne(servers, { pick: async () => servers[turn++ % servers.length] }),
    isProxied: false,
    flush: async () => {
      for (const { port } of servers) await redisCommand(port, 'FLUSHALL');
    },
    description: 'Redis Cluster of three nodes with AOF',
    stop: async () => {
      await Promise.all(servers.map(({ process }) => process.stop()));
      await rm(folder, { recursive: true, force: true });
    },
  };
}
