import type { Clock, Logger } from '@avito-autoreply/runtime';
import type { z } from 'zod';
import type { TokenProvider } from './auth/token-provider.ts';
import { type HttpClient, type HttpRequest, type HttpResponse, nameOf } from './http/http-request.ts';
import { readJson } from './http/read-json.ts';
import { explainRefusal, isSuccess } from './http/refusal.ts';
import { passGate } from './rate/pass-gate.ts';
import { type RateGate, rateFactsOf } from './rate/rate-gate.ts';

type Call<T> = Omit<HttpRequest, 'token'> & {
  /** Sent as JSON, in place of a body. */
  json?: unknown;
  schema: z.ZodType<T>;
};

/** One authorized call: its parsed answer, or an AvitoError. */
export type Api = <T>(call: Call<T>) => Promise<T>;

type ApiOptions = {
  http: HttpClient;
  tokens: TokenProvider;
  gate: RateGate;
  clock: Clock;
  logger: Logger;
};

export function createApi({ http, tokens, gate, clock, logger }: ApiOptions): Api {
  const attempt = async (request: HttpRequest): Promise<HttpResponse> => {
    await passGate({ gate, request });
    const startedAtMs = clock.now();
    const response = await http(request);
    await gate.note(rateFactsOf({ path: request.path, response, nowMs: clock.now() }));
    logger.debug('avito call', {
      call: nameOf(request),
      status: response.status,
      ms: clock.now() - startedAtMs,
    });
    return response;
  };

  return async ({ json, schema, ...rest }) => {
    const body =
      json === undefined ? rest.body : { contentType: 'application/json', content: JSON.stringify(json) };
    const call = { ...rest, body };
    let token = await tokens.getToken({ signal: call.signal });
    let response = await attempt({ ...call, token });
    // An expired token is answered by 401 or 403, and nothing was done: one repetition is safe. A second refusal
    // with a fresh token is about rights.
    if (response.status === 401 || response.status === 403) {
      tokens.invalidate(token);
      token = await tokens.getToken({ signal: call.signal });
      response = await attempt({ ...call, token });
    }
    const request: HttpRequest = { ...call, token };
    if (!isSuccess(response.status)) throw explainRefusal({ request, response, nowMs: clock.now() });
    return readJson({ request, response, schema });
  };
}
