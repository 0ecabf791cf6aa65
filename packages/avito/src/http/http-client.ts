import http from 'node:http';
import https from 'node:https';
import { create } from 'axios';
import { watchConnection } from './connection-watch.ts';
import { startDeadline } from './deadline.ts';
import { explainFailure } from './http-failure.ts';
import type { HttpClient } from './http-request.ts';

// A hundred chats or messages are some 300 kB.
const MAX_ANSWER_BYTES = 5 * 1024 * 1024;
// Servers close idle connections after 5 s and more. Meeting such a close in flight would look like a lost request.
const IDLE_CONNECTION_MS = 4_000;

const keepAlive = { keepAlive: true, timeout: IDLE_CONNECTION_MS };
const asIs = (data: unknown) => data;

type HttpClientOptions = { baseUrl: string; timeoutMs: number };

/** The only place that talks to axios: no retries, no redirects, no proxy from the environment, no parsing. */
export function createHttpClient({ baseUrl, timeoutMs: usualTimeoutMs }: HttpClientOptions): HttpClient {
  const client = create({
    adapter: 'http',
    httpAgent: new http.Agent(keepAlive),
    httpsAgent: new https.Agent(keepAlive),
    proxy: false,
    maxRedirects: 0,
    maxContentLength: MAX_ANSWER_BYTES,
    responseType: 'text',
    transformRequest: [asIs],
    transformResponse: [asIs],
    validateStatus: () => true,
    headers: { 'User-Agent': 'avito-autoreply' },
  });
  const origin = baseUrl.replace(/\/+$/, '');

  return async (request) => {
    const { method, path, query, body, token, signal, timeoutMs = usualTimeoutMs } = request;
    const connection = watchConnection({ mayLeave: request.mayLeave });
    const deadline = startDeadline({ timeoutMs, signal });
    const search = query === undefined || query.size === 0 ? '' : `?${query.toString()}`;
    try {
      const response = await client.request<string>({
        method,
        url: `${origin}${path}${search}`,
        headers: {
          Accept: 'application/json',
          ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
          ...(body === undefined ? {} : { 'Content-Type': body.contentType }),
        },
        data: body?.content,
        signal: deadline.signal,
        transport: connection.transport,
      });
      return {
        status: response.status,
        header: (name) => {
          const value: unknown = response.headers[name];
          return typeof value === 'string' ? value : undefined;
        },
        text: response.data,
      };
    } catch (error) {
      throw explainFailure({
        error,
        request,
        isConnected: connection.isConnected(),
        isTooLate: connection.isTooLate(),
        isTimedOut: deadline.isTimedOut(),
        isCancelled: deadline.isCancelled(),
        timeoutMs,
      });
    } finally {
      deadline.release();
    }
  };
}
