import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { pipeDelayed } from './delayed-pipe.ts';

/** What is wrong with a link. The connections stay open and new ones are accepted. */
export type LinkFault =
  /** Each way takes so much longer; with jitter, up to that much more. */
  | { kind: 'latency'; ms: number; jitterMs?: number }
  /** Each way of each connection carries so much. */
  | { kind: 'bandwidth'; bytesPerSecond: number }
  /** Nothing arrives, neither way, and nobody is told. */
  | { kind: 'black-hole' }
  /** Requests arrive and take effect, their answers do not. */
  | { kind: 'half-open' };
export type LinkFaultKind = LinkFault['kind'];

export type FaultProxy = {
  port: number;
  /** The target's URL with the proxy in its place. */
  url: string;
  /** From now on, for open connections as well. A new fault replaces the one before. */
  fault: (fault: LinkFault) => void;
  /** What goes over the connections of now is swallowed from here on, and nobody is told. New ones are sound. */
  forget: () => void;
  /** Resets every open connection. New ones are accepted. */
  reset: () => void;
  /** Drops every connection and refuses new ones, until `heal`. */
  cut: () => Promise<void>;
  /** All is well again. Connections on which something was lost are dropped: what is lost stays lost. */
  heal: () => Promise<void>;
  /** The server has moved: new connections go there. */
  moveTo: (target: { port: number; host?: string }) => void;
  close: () => Promise<void>;
};

type FaultProxyOptions = {
  /** Any URL with a host and a port: `redis:`, `postgres:`, `http:`. */
  targetUrl: string;
  /** Default: a free one. */
  port?: number;
  /** For jitter; a number in [0, 1). */
  random?: () => number;
};

const defaultPorts: Record<string, number> = { 'redis:': 6_379, 'postgres:': 5_432, 'http:': 80 };

function paceOf(current: () => LinkFault | undefined, way: 'there' | 'back', random: () => number) {
  let freeAt = 0;
  return {
    dueAt: (bytes: number): number => {
      const fault = current();
      const now = Date.now();
      if (fault?.kind === 'latency') return now + fault.ms + random() * (fault.jitterMs ?? 0);
      if (fault?.kind !== 'bandwidth') return now;
      freeAt = Math.max(freeAt, now) + (bytes / fault.bytesPerSecond) * 1_000;
      return freeAt;
    },
    swallows: (): boolean => {
      const kind = current()?.kind;
      return kind === 'black-hole' || (kind === 'half-open' && way === 'back');
    },
  };
}

/** Stands on loopback between a client and its server, and misbehaves on demand. */
export async function createFaultProxy({
  targetUrl,
  port: wantedPort = 0,
  random = Math.random,
}: FaultProxyOptions): Promise<FaultProxy> {
  const { hostname, port: targetPort, protocol } = new URL(targetUrl);
  let target = { host: hostname, port: Number(targetPort) || (defaultPorts[protocol] ?? 0) };
  let fault: LinkFault | undefined;
  const sockets = new Map<Socket, () => boolean>();
  const forgotten = new Set<Socket>();

  const faultOf = (socket: Socket) => (): LinkFault | undefined =>
    forgotten.has(socket) ? { kind: 'black-hole' } : fault;
  const server: Server = createServer((client) => {
    const upstream = connect(target.port, target.host);
    for (const socket of [client, upstream]) socket.setNoDelay(true);
    for (const [from, to, way] of [
      [client, upstream, 'there'],
      [upstream, client, 'back'],
    ] as const) {
      const { hasSwallowed } = pipeDelayed({ from, to, pace: paceOf(faultOf(from), way, random) });
      sockets.set(from, hasSwallowed);
      from.on('close', () => {
        sockets.delete(from);
        forgotten.delete(from);
      });
    }
  });
  const listen = async (port: number): Promise<number> => {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    return typeof address === 'object' && address !== null ? address.port : port;
  };
  const reset = (): void => {
    for (const socket of sockets.keys()) socket.resetAndDestroy();
  };
  const stop = async (): Promise<void> => {
    const closed = server.listening ? once(server, 'close') : undefined;
    server.close();
    fault = undefined;
    reset();
    await closed;
  };

  const port = await listen(wantedPort);
  const url = Object.assign(new URL(targetUrl), { hostname: '127.0.0.1', port: String(port) });
  return {
    port,
    url: url.href,
    fault: (next) => (fault = next),
    forget: () => {
      for (const socket of sockets.keys()) forgotten.add(socket);
    },
    reset,
    cut: stop,
    heal: async () => {
      fault = undefined;
      for (const [socket, hasSwallowed] of sockets) if (hasSwallowed()) socket.destroy();
      if (!server.listening) await listen(port);
    },
    moveTo: ({ port: newPort, host = '127.0.0.1' }) => (target = { host, port: newPort }),
    close: stop,
  };
}
