import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';

type Reply = { status?: number; headers?: Record<string, string>; body?: unknown };
type Received = { path: string | undefined; headers: IncomingHttpHeaders; body: Record<string, unknown> };

/** A throw-away server in the place of the OpenAI API. It never answers where `reply` returns undefined. */
export async function startModelServer(reply: (request: Received, index: number) => Reply | undefined) {
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    const entry = { path: request.url, headers: request.headers, body: JSON.parse(await text(request)) };
    received.push(entry);
    const answer = reply(entry, received.length - 1);
    if (answer === undefined) return;
    const { status = 200, headers = {}, body } = answer;
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(typeof body === 'string' ? body : JSON.stringify(body ?? {}));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { endpoint: { apiKey: 'sk-test', baseUrl: `http://127.0.0.1:${port}/v1` }, received };
}
