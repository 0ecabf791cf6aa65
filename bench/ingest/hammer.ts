import { once } from 'node:events';
import { connect } from 'node:net';

export type Hammered = {
  /** Milliseconds of each request that was answered with 200. */
  times: number[];
  /** Of each other status, how many. */
  others: Record<string, number>;
  seconds: number;
};

const HEAD_END = '\r\n\r\n';

/**
 * Sends the requests over so many kept-alive connections, each the next one as soon as its answer is there. Sockets
 * instead of an HTTP client, because the client shares the machine with what it measures.
 */
export async function hammer({
  port,
  requests,
  connections,
}: {
  port: number;
  requests: readonly Buffer[];
  connections: number;
}): Promise<Hammered> {
  const waiting = requests.values();
  const times: number[] = [];
  const others: Record<string, number> = {};
  const begun = performance.now();

  const one = async (): Promise<void> => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    await once(socket, 'connect');
    const done = Promise.withResolvers<void>();
    let sentAt = 0;
    let received = '';
    const next = (): void => {
      const { value: request } = waiting.next();
      if (request === undefined) {
        socket.end();
        done.resolve();
        return;
      }
      received = '';
      sentAt = performance.now();
      socket.write(request);
    };
    socket.on('data', (chunk: Buffer) => {
      received += chunk.toString('latin1');
      const status = completeStatus(received);
      if (status === undefined) return;
      if (status === '200') times.push(performance.now() - sentAt);
      else others[status] = (others[status] ?? 0) + 1;
      next();
    });
    socket.once('error', done.reject);
    socket.once('close', () => done.reject(new Error('the server closed a connection')));
    next();
    await done.promise;
  };

  await Promise.all(Array.from({ length: connections }, one));
  return { times, others, seconds: (performance.now() - begun) / 1_000 };
}

/** The status of a response that has arrived as a whole. */
function completeStatus(received: string): string | undefined {
  const headEnd = received.indexOf(HEAD_END);
  if (headEnd === -1) return undefined;
  const length = Number(/content-length: (\d+)/i.exec(received)?.[1] ?? 0);
  return received.length < headEnd + HEAD_END.length + length ? undefined : received.slice(9, 12);
}
