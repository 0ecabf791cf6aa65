import { AppError } from '@avito-autoreply/runtime';
import { decodeText } from '../decode-text.ts';
import { defaultFileLimits } from '../limits.ts';
import { isFileKind, type Source } from '../source.ts';
import { charsetOf, contentKind } from './content-kind.ts';
import type { FetchedPage, FetchPage } from './fetch-page.ts';
import { ROBOTS_BYTES, robotsAllow } from './robots.ts';

/** What the server said of the page last time. */
export type PageVersion = { etag: string | null; lastModified: string | null };

export type ReadUrl = (query: {
  /** As the owner gave it; the key of its document. */
  url: string;
  itemId?: number | undefined;
  known?: PageVersion | undefined;
  signal?: AbortSignal | undefined;
}) => Promise<{ source: Source; version: PageVersion } | 'not-modified'>;

/** Reads an address as a source, obeying the site's robots.txt. Throws AppErrors `knowledge.*`. */
export function createReadUrl(fetchPage: FetchPage): ReadUrl {
  return async ({ url, itemId, known, signal }) => {
    const asked = new Map<string, Promise<string>>();
    const robotsOf = (origin: string) => {
      const robots = asked.get(origin) ?? readRobots({ fetchPage, origin, signal });
      asked.set(origin, robots);
      return robots;
    };
    const page = await fetchPage({
      url,
      headers: {
        ...(known?.etag ? { 'if-none-match': known.etag } : {}),
        ...(known?.lastModified ? { 'if-modified-since': known.lastModified } : {}),
      },
      mayVisit: async ({ origin, pathname, search }) => {
        if (robotsAllow({ robots: await robotsOf(origin), path: `${pathname}${search}` })) return;
        throw new AppError(`${origin}/robots.txt does not allow ${pathname} to be read`, {
          code: 'knowledge.url-robots',
        });
      },
      signal,
    });
    // Some servers say so to whoever asks.
    if (page.status === 304 && (known?.etag || known?.lastModified)) return 'not-modified';
    if (page.status !== 200) {
      throw new AppError(`${page.url} answers ${page.status}`, {
        code: page.status === 404 || page.status === 410 ? 'knowledge.url-gone' : 'knowledge.url-refused',
        isRetryable: page.status >= 500 || page.status === 429,
      });
    }
    return {
      source: sourceOfPage({ page, key: url, itemId }),
      version: { etag: page.etag ?? null, lastModified: page.lastModified ?? null },
    };
  };
}

/** A site without a robots.txt allows everything; one where it is out of order nothing (RFC 9309, 2.3.1). */
async function readRobots({
  fetchPage,
  origin,
  signal,
}: {
  fetchPage: FetchPage;
  origin: string;
  signal: AbortSignal | undefined;
}): Promise<string> {
  const url = `${origin}/robots.txt`;
  const { status, body, isCut } = await fetchPage({ url, beginning: ROBOTS_BYTES, signal });
  if (status === 200) {
    const text = new TextDecoder().decode(body);
    return isCut ? wholeLines(text, url) : text;
  }
  if (status >= 500) {
    throw robotsAway(`${origin}/robots.txt answers ${status}`);
  }
  return '';
}

/** A rule that broke off may allow or forbid more than was meant; without any, the file counts as not to be had. */
function wholeLines(text: string, url: string): string {
  const end = Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r'));
  if (end >= 0) return text.slice(0, end);
  throw robotsAway(`${url} broke off in its first line`);
}

/** It forbids nothing, so nobody needs to look into it. */
const robotsAway = (problem: string) =>
  new AppError(`${problem}: nothing may be read there until it is back`, {
    code: 'knowledge.url-unreachable',
    isRetryable: true,
  });

function sourceOfPage({
  page: { url, contentType, body },
  key,
  itemId,
}: {
  page: FetchedPage;
  key: string;
  itemId: number | undefined;
}): Source {
  const kind = contentKind({ bytes: body, contentType, url });
  if (kind === undefined) {
    throw new AppError(
      `${url} is neither a page nor a text, PDF, Word document or Excel table (${contentType ?? 'of no type'})`,
      {
        code: 'knowledge.unsupported-kind',
      },
    );
  }
  const most = defaultFileLimits.maxBytes[isFileKind(kind) ? kind : 'text'];
  if (body.length > most) {
    throw new AppError(`${body.length} bytes are too many, at most ${most} are read`, {
      code: 'knowledge.file-too-large',
    });
  }
  const named = { key, name: nameOf(url), ...(itemId === undefined ? {} : { itemId }) };
  const charset = charsetOf(contentType);
  return isFileKind(kind)
    ? { ...named, kind, bytes: body, ...(charset === undefined ? {} : { charset }) }
    : { ...named, kind, text: decodeText(body, charset) };
}

/** For pages without a title: the host and the last part of the path. */
function nameOf(url: string): string {
  const { host, pathname } = new URL(url);
  const last = pathname.split('/').findLast((part) => part !== '');
  return last === undefined ? host : `${host}: ${decodeURIComponentOr(last)}`;
}

function decodeURIComponentOr(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
