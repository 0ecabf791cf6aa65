import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

export type TcpProxy = {
  /** The target's URL with the proxy in its place. */
  url: string;
  /** Drops every connection and refuses new ones. */
  cut: () => Promise<void>;
  /** Keeps connections open, accepts new ones, and passes nothing on. */
  hang: () => void;
  heal: () => Promise<void>;
  close: () => Promise<void>;
};

/** Stands between a client and its server and misbehaves on demand. */
export async function createTcpProxy({ targetUrl }: { targetUrl: string }): Promise<TcpProxy> {
  const target = new URL(targetUrl);
  const sockets = new Set<Socket>();
  let isHanging = false;

  const server: Server = createServer((client) => {
    const upstream = connect(Number(target.port), target.hostname);
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(from);
      from.on('data', (chunk) => {
        if (!isHanging) to.write(chunk);
      });
      from.on('error', () => from.destroy());
      from.on('close', () => {
        sockets.delete(from);
        to.destroy();
      });
    }
  });
  const listen = async (port: number): Promise<number> => {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    return typeof address === 'object' && address !== null ? address.port : port;
  };
  const stop = async (): Promise<void> => {
    const closed = server.listening ? once(server, 'close') : undefined;
    server.close();
    for (const socket of sockets) socket.destroy();
    await closed;
  };

  const port = await listen(0);
  const url = new URL(targetUrl);
  url.hostname = '127.0.0.1';
  url.port = String(port);
  return {
    url: url.href,
    cut: stop,
    hang: () => {
      isHanging = true;
    },
    heal: async () => {
      if (isHanging) for (const socket of sockets) socket.destroy(); // what was swallowed stays lost
      isHanging = false;
      if (!server.listening) await listen(port);
    },
    close: stop,
  };
}
