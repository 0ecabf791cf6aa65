import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** Speaks as much of Redis as an inspection needs: INFO with the given fields, OK to all else. Returns its address. */
export async function startFakeRedis(fields: Readonly<Record<string, string>>): Promise<string> {
  const info = Object.entries(fields)
    .map(([name, value]) => `${name}:${value}\r\n`)
    .join('');
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('data', (chunk) => {
      // Each command is an array, and its name the first bulk string.
      for (const [, name = ''] of chunk.toString('utf8').matchAll(/\*\d+\r\n\$\d+\r\n(\w+)/g)) {
        const isInfo = name.toUpperCase() === 'INFO';
        socket.write(isInfo ? `$${Buffer.byteLength(info)}\r\n${info}\r\n` : '+OK\r\n');
      }
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    server.close();
    await once(server, 'close');
  });
  return `redis://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
