import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/**
 * Ends a server's connections as soon as they have nothing in hand. Node's own `closeIdleConnections` looks once, and
 * does not count a connection over which no request has come yet as idle: one browser's spare connection would keep the
 * server from closing.
 */
export function trackConnections(server: Server): { endIdle: () => void } {
  const inHand = new Map<Socket, number>();
  let isEnding = false;
  const endIfIdle = (socket: Socket): void => {
    if (isEnding && inHand.get(socket) === 0) socket.destroySoon();
  };

  server.on('connection', (socket: Socket) => {
    inHand.set(socket, 0);
    socket.once('close', () => inHand.delete(socket));
    endIfIdle(socket);
  });
  server.on('request', ({ socket }: IncomingMessage, response: ServerResponse) => {
    inHand.set(socket, (inHand.get(socket) ?? 0) + 1);
    response.once('close', () => {
      const count = inHand.get(socket);
      // Undefined: the connection is gone already.
      if (count === undefined) return;
      inHand.set(socket, count - 1);
      endIfIdle(socket);
    });
  });
  return {
    endIdle: () => {
      isEnding = true;
      for (const socket of inHand.keys()) endIfIdle(socket);
    },
  };
}
