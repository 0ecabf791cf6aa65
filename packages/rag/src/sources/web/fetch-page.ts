import { lookup } from 'node:dns';
import { Agent as HttpAgent, type IncomingMessage, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { LookupFunction } from 'node:net';
import { callbackify } from 'node:util';
import { AppError } from '@avito-autoreply/runtime';
import { isPublicAddress } from './address-filter.ts';
import { assertHost, forbiddenHost, parsePageUrl } from './page-url.ts';
import { readBody } from './read-body.ts';
import { ROBOT } from './robots.ts';

export type WebLimits = {
  /** From the first connection to the last byte, redirects included. */
  timeoutMs: number;
  maxRedirects: number;
  /** Of the unpacked answer. */
  maxBytes: number;
};

const defaultWebLimits: WebLimits = {
  timeoutMs: 30_000,
  maxRedirects: 5,
  maxBytes: 30 * 1024 * 1024,
};

// A page waits for the beginning of its robots.txt, and wants to be read in the rest of its own time.
const BEGINNING_SHARE = 3;

export type FetchedPage = {
  /** After redirects. */
  url: string;
  status: number;
  contentType: string | undefined;
  etag: string | undefined;
  lastModified: string | undefined;
  body: Uint8Array;
  /** Only with `beginning`: there was more, or may have been. */
  isCut: boolean;
};

export type FetchPage = (request: {
  url: string;
  headers?: Record<string, string>;
  /** Checked before each address on the way, the first one included. */
  mayVisit?: ((url: URL) => Promise<void>) | undefined;
  /** So many bytes are enough: the rest of a longer answer, or of one that breaks off or drips, is not waited for. */
  beginning?: number | undefined;
  signal?: AbortSignal | undefined;
}) => Promise<FetchedPage>;

type Resolve = (host: string) => Promise<{ address: string; family: number }[]>;

const resolveWithDns: Resolve = (host) => {
  const { promise, resolve, reject } = Promise.withResolvers<{ address: string; family: number }[]>();
  lookup(host, { all: true }, (error, addresses) => (error === null ? resolve(addresses) : reject(error)));
  return promise;
};

/**
 * Reads pages of the public web. A host's addresses are checked, and the connection goes to the checked address and no
 * other, so that a name which changes its mind leads nowhere. Statuses of 400 and more are answers, not errors; throws
 * AppErrors `knowledge.url-*`.
 */
export function createFetchPage({
  limits: given = {},
  isAllowed = isPublicAddress,
  resolve = resolveWithDns,
}: {
  limits?: Partial<WebLimits> | undefined;
  /** Which addresses may be connected to; tests have theirs on loopback. */
  isAllowed?: ((address: string) => boolean) | undefined;
  resolve?: Resolve | undefined;
} = {}): FetchPage {
  const limits = { ...defaultWebLimits, ...given };
  const pinned = pinnedLookup({ isAllowed, resolve });

  return async ({ url, headers = {}, mayVisit, beginning, signal }) => {
    const timeoutMs = beginning === undefined ? limits.timeoutMs : limits.timeoutMs / BEGINNING_SHARE;
    const deadline = AbortSignal.timeout(timeoutMs);
    const stop = signal === undefined ? deadline : AbortSignal.any([deadline, signal]);
    let at = parsePageUrl(url);
    try {
      for (let redirects = 0; ; redirects += 1) {
        assertHost(at, isAllowed);
        await mayVisit?.(at);
        const response = await send({ url: at, headers, pinned, signal: stop });
        const status = response.statusCode ?? 0;
        const { location } = response.headers;
        if (status >= 300 && status < 400 && status !== 304 && location !== undefined) {
          response.destroy();
          if (redirects >= limits.maxRedirects) {
            throw new AppError(`${url}: more than ${limits.maxRedirects} redirects`, {
              code: 'knowledge.url-redirects',
            });
          }
          at = parsePageUrl(inAscii(location), at);
          continue;
        }
        return {
          url: at.href,
          status,
          contentType: response.headers['content-type'],
          etag: response.headers.etag,
          lastModified: response.headers['last-modified'],
          ...(await readBody({
            response,
            maxBytes: limits.maxBytes,
            beginning,
            signal: stop,
            abort: signal,
          })),
        };
      }
    } catch (error) {
      signal?.throwIfAborted();
      if (error instanceof AppError) throw error;
      throw deadline.aborted
        ? unreachable(`${at.host} did not answer within ${timeoutMs} ms`, 'knowledge.url-timeout', error)
        : unreachable(`${at.host} cannot be read: ${messageOf(error)}`, 'knowledge.url-unreachable', error);
    }
  };
}

/** Node reads headers as Latin-1; a redirect's letters are bytes of UTF-8, which an address holds as they are. */
const inAscii = (header: string) =>
  header.replaceAll(/[\x80-\xff]/g, (byte) => `%${byte.charCodeAt(0).toString(16).toUpperCase()}`);

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

const unreachable = (message: string, code: string, cause: unknown) =>
  new AppError(message, { code, cause, isRetryable: true });

/** For the socket: hands out checked addresses only, all of them or none. */
function pinnedLookup({
  isAllowed,
  resolve,
}: {
  isAllowed: (address: string) => boolean;
  resolve: Resolve;
}): LookupFunction {
  const check = callbackify(async (host: string) => {
    const addresses = await resolve(host);
    if (addresses.length > 0 && addresses.every(({ address }) => isAllowed(address))) return addresses;
    throw forbiddenHost(host);
  });
  return (host, options, callback) =>
    check(host, (error, addresses) => {
      const [first] = addresses ?? [];
      if (first === undefined) callback(error, '', 0);
      else if (options.all) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
}

function send({
  url,
  headers,
  pinned,
  signal,
}: {
  url: URL;
  headers: Record<string, string>;
  pinned: LookupFunction;
  signal: AbortSignal;
}): Promise<IncomingMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const isSecure = url.protocol === 'https:';
  const request = (isSecure ? httpsRequest : httpRequest)(url, {
    // One connection for one page: a kept one would outlive the check of its address.
    agent: isSecure ? new HttpsAgent({ keepAlive: false }) : new HttpAgent({ keepAlive: false }),
    lookup: pinned,
    signal,
    headers: {
      'user-agent': `${ROBOT}/1.0`,
      accept: 'text/html, text/plain, text/markdown, application/pdf, */*;q=0.5',
      'accept-encoding': 'gzip, deflate, br',
      'accept-language': 'ru',
      ...headers,
    },
  });
  request.once('response', resolve);
  request.once('error', reject);
  request.end();
  return promise;
}
