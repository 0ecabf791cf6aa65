import { type Clock, type Logger, type Sleep } from '@avito-autoreply/runtime';
import type { Request, RequestHandler, Response } from 'express';
import type { Fault, FaultBoard } from '../faults.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { EndpointName } from './endpoint-names.ts';
import { Refusal, type Refuse } from './refusal.ts';

type Answer = {
  status?: number;
  headers?: Record<string, string>;
  body: unknown;
  /** Sent as it is, in place of the body. */
  text?: string;
  /** Runs once the answer has left, or at once when a fault keeps it back. */
  afterwards?: () => void;
};

type EndpointOptions = {
  name: EndpointName;
  /** The error shape of the API that the endpoint belongs to. */
  refuse: Refuse;
  handle: (request: Request) => Answer | Promise<Answer>;
};

export type EndpointFactory = (options: EndpointOptions) => RequestHandler;

type EndpointDeps = {
  faults: FaultBoard;
  ledger: Ledger;
  clock: Clock;
  sleep: Sleep;
  /** Aborted when the simulator closes: no wait outlives it. */
  signal: AbortSignal;
  logger: Logger;
};

function param(request: Request, name: string): string | undefined {
  const value: unknown = request.params[name];
  return typeof value === 'string' ? value : undefined;
}

/** What the fault answers in the place of the handler; undefined when it answers nothing of its own. */
function refusalFor({ effect }: Fault, refuse: Refuse): Answer | undefined {
  if (effect.kind === 'text') {
    const { status, text, contentType } = effect;
    return { status, text, body: undefined, headers: { 'content-type': contentType } };
  }
  if (effect.kind !== 'status') return undefined;
  const retryAfter = effect.retryAfterSeconds;
  return new Refusal({
    status: effect.status,
    body: effect.body ?? refuse(effect.status).body,
    headers: {
      ...(retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) }),
      ...effect.headers,
    },
  });
}

const strikesAfter = ({ effect }: Fault) => effect.when === 'after';

/**
 * One simulated endpoint: the fault that is due for it, the handler, the ledger's line. A handler answers or throws a
 * Refusal; faults strike before the handler runs or after it has stored what it stores.
 */
export function createEndpoints({
  faults,
  ledger,
  clock,
  sleep,
  signal,
  logger,
}: EndpointDeps): EndpointFactory {
  const run = async ({ name, handle, refuse }: EndpointOptions, request: Request): Promise<Answer> => {
    try {
      return await handle(request);
    } catch (error) {
      if (error instanceof Refusal) return error;
      if (!signal.aborted) logger.error('simulated endpoint failed', { endpoint: name, error });
      return refuse(500);
    }
  };

  /** False: the connection is cut, there is nobody left to answer. */
  const suffer = async ({ effect }: Fault, response: Response): Promise<boolean> => {
    if (effect.kind === 'slow') await sleep(effect.delayMs, { signal }).catch(() => undefined);
    if (effect.kind === 'reset') response.socket?.resetAndDestroy();
    return effect.kind !== 'reset';
  };

  const leave = (
    { status = 200, headers = {}, body, text, afterwards }: Answer,
    response: Response,
  ): number => {
    // A client that gave up has closed its response already; the event of its message comes all the same.
    if (response.closed) afterwards?.();
    else if (afterwards) response.once('close', afterwards);
    if (response.destroyed) return status;
    response.status(status).set(headers);
    if (text === undefined) response.json(body);
    else response.send(text);
    return status;
  };

  /** The status sent, or undefined where the connection was cut. */
  const serve = async (
    options: EndpointOptions,
    { request, response, fault }: { request: Request; response: Response; fault: Fault | undefined },
  ): Promise<number | undefined> => {
    if (!fault) return leave(await run(options, request), response);
    const refusal = refusalFor(fault, options.refuse);
    if (!strikesAfter(fault)) {
      if (refusal) return leave(refusal, response);
      return (await suffer(fault, response)) ? leave(await run(options, request), response) : undefined;
    }
    const { afterwards, ...answer } = await run(options, request);
    afterwards?.();
    return (await suffer(fault, response)) ? leave(refusal ?? answer, response) : undefined;
  };

  return (options) => async (request, response) => {
    const at = clock.now();
    const userId = param(request, 'userId');
    const scope = {
      accountId: userId === undefined ? undefined : Number(userId),
      chatId: param(request, 'chatId'),
    };
    const fault = faults.next({ endpoint: options.name, ...scope });
    const status = await serve(options, { request, response, fault });
    ledger.addRequest({
      at,
      endpoint: options.name,
      ...scope,
      method: request.method,
      path: request.baseUrl + request.path,
      status,
      latencyMs: clock.now() - at,
      faultId: fault?.id,
    });
  };
}
