import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

type Recorded = {
  method: string;
  path: string;
  query: URLSearchParams;
  header: (name: string) => string;
  body: string;
  /** The same, undecoded. */
  bytes: Buffer;
};
type Answer = { status?: number; headers?: Record<string, string>; body?: unknown };
/** Full control, for answers that are no answers. */
type Handler = (request: IncomingMessage, response: ServerResponse) => void;

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

function send(response: ServerResponse, { status = 200, headers = {}, body = '' }: Answer): void {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(text);
}

/**
 * A server of our own on a free port, for one test. Gives the tokens token-1, token-2, … and answers every other
 * request by the next scripted answer; without one, by a 500.
 */
export async function startAvito() {
  const calls: Recorded[] = [];
  const script: (Answer | Handler)[] = [];
  const tokenScript: (Answer | Handler)[] = [];
  let tokens = 0;

  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    const { pathname: path, searchParams: query } = new URL(request.url ?? '/', 'http://avito.test');
    const isToken = path === '/token';
    const next = (isToken ? tokenScript : script).shift();
    // A handler that breaks the connection does so before the body is read, unless it reads it itself.
    const bytes = typeof next === 'function' ? Buffer.alloc(0) : await readBody(request);
    calls.push({
      method: request.method ?? '',
      path,
      query,
      header: (name) => String(request.headers[name] ?? ''),
      body: bytes.toString('utf8'),
      bytes,
    });
    if (typeof next === 'function') next(request, response);
    else if (next !== undefined) send(response, next);
    else if (isToken) {
      tokens += 1;
      send(response, { body: { access_token: `token-${tokens}`, expires_in: 86_400, token_type: 'Bearer' } });
    } else send(response, { status: 500, body: 'no answer scripted' });
  };

  const server = http.createServer((request, response) => {
    handle(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  onTestFinished(close);
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** All requests in order, those for tokens included. */
    calls,
    apiCalls: () => calls.filter(({ path }) => path !== '/token'),
    tokenCalls: () => calls.filter(({ path }) => path === '/token'),
    replyOnce: (answer: Answer | Handler) => script.push(answer),
    replyToTokenOnce: (answer: Answer | Handler) => tokenScript.push(answer),
    close,
  };
}

/** A port of this machine on which nobody listens. */
export async function freePort(): Promise<number> {
  const server = http.createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
