import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { defaultAccount } from '../avito/shop.ts';
import { createSimulator, type Simulator, type SimulatorOptions } from '../create-simulator.ts';
import type { LedgerEntry } from '../ledger/records.ts';

export const ACCOUNT_ID = 401_122_334;
export const WEBHOOK_SECRET = 'webhook-secret-of-the-test';

export type Call = {
  method?: string;
  path: string;
  /** `null`: none. Default: a valid one. */
  token?: string | null;
  body?: unknown;
  rawBody?: string;
  headers?: Record<string, string>;
};

export type RunningSimulator = Simulator & {
  url: string;
  token: () => Promise<string>;
  call: (call: Call) => Promise<{ status: number; headers: Headers; body: unknown }>;
};

async function serve(handler: Parameters<typeof createServer>[1]): Promise<string> {
  const server = createServer(handler);
  const { promise, resolve } = Promise.withResolvers<void>();
  server.listen(0, '127.0.0.1', resolve);
  await promise;
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  });
  const { port } = server.address() as AddressInfo;
  return `http://127.0.0.1:${port}`;
}

/** A simulator on a free port for one test, and a client that is nothing but fetch. */
export async function runSimulator(options: SimulatorOptions = {}): Promise<RunningSimulator> {
  const simulator = createSimulator({
    accounts: [defaultAccount({ webhookSecret: WEBHOOK_SECRET })],
    ...options,
  });
  const url = await serve(simulator.app);
  onTestFinished(() => simulator.close());

  const token = async (): Promise<string> => {
    const response = await fetch(`${url}/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: 'simulator-client',
        client_secret: 'simulator-secret',
      }),
    });
    const body = (await response.json()) as { access_token: string };
    return body.access_token;
  };

  const call = async ({ method = 'GET', path, token: given, body, rawBody, headers = {} }: Call) => {
    const bearer = given === undefined ? await token() : given;
    const content = rawBody ?? (body === undefined ? undefined : JSON.stringify(body));
    const response = await fetch(`${url}${path}`, {
      method,
      headers: {
        ...(bearer === null ? {} : { authorization: `Bearer ${bearer}` }),
        ...(content === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(content === undefined ? {} : { body: content }),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: text === '' ? undefined : (JSON.parse(text) as unknown),
    };
  };

  return { ...simulator, url, token, call };
}

export type ReceivedEvent = { path: string; headers: IncomingHttpHeaders; body: Buffer };

/** A webhook that keeps what it got. `hang` leaves a request without an answer. */
export async function runWebhook({
  answer = () => 200,
}: { answer?: (event: ReceivedEvent, count: number) => number | 'hang' } = {}) {
  const events: ReceivedEvent[] = [];
  const url = await serve(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const event = { path: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks) };
    events.push(event);
    const status = answer(event, events.length);
    if (status !== 'hang') response.writeHead(status).end(JSON.stringify({ status: 'accepted' }));
  });
  return { url: `${url}/hook?token=s~1`, events };
}

/** Resolves with the next ledger entry of a kind that fits. */
export function nextEntry(
  { ledger }: Simulator,
  fits: (entry: LedgerEntry) => boolean,
): Promise<LedgerEntry> {
  const { promise, resolve } = Promise.withResolvers<LedgerEntry>();
  const unsubscribe = ledger.subscribe((entry) => {
    if (!fits(entry)) return;
    unsubscribe();
    resolve(entry);
  });
  return promise;
}
