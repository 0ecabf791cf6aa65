import { once } from 'node:events';
import { createServer } from 'node:net';

/** Answers INFO with the given text, scripts with `onScript`, and everything else with OK: enough to be looked at. */
export async function startFakeRedis({
  info,
  onScript = '+OK',
}: {
  info: string;
  onScript?: string;
}): Promise<{ url: string; close: () => Promise<void> }> {
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    socket.on('data', (chunk) => {
      const commands = chunk.toString().match(/\*\d+\r\n\$\d+\r\n\w+/g) ?? [];
      for (const command of commands) {
        const isInfo = command.toLowerCase().endsWith('info') && !command.toLowerCase().endsWith('setinfo');
        const isScript = /eval(sha)?$/i.test(command);
        const other = isScript ? `${onScript}\r\n` : '+OK\r\n';
        socket.write(isInfo ? `$${Buffer.byteLength(info)}\r\n${info}\r\n` : other);
      }
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `redis://127.0.0.1:${port}`,
    close: async () => {
      server.close();
      await Promise.resolve();
    },
  };
}
