import { isIP } from 'node:net';
import { AppError } from '@avito-autoreply/runtime';
import { isPublicAddress } from './address-filter.ts';

/**
 * The address of a page, or where a redirect from it leads. One with a name and a password is refused, because sources
 * are listed, exported and logged; one with the character NUL, because Postgres stores none. Throws `knowledge.url-bad`.
 */
export function parsePageUrl(text: string, base?: URL): URL {
  const url = URL.parse(text, base?.href);
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    throw new AppError(
      `${text}: only addresses that start with http:// or https:// are read; a file is named by its path alone`,
      { code: 'knowledge.url-bad' },
    );
  }
  if (text.includes('\0')) {
    throw new AppError(`${url.host}: an address holds no character NUL`, { code: 'knowledge.url-bad' });
  }
  if (url.username !== '' || url.password !== '') {
    throw new AppError(`${url.host}: an address holds no name and password`, { code: 'knowledge.url-bad' });
  }
  url.hash = '';
  return url;
}

/**
 * As `parsePageUrl`, for an address that is to be kept: one that surely leads into a private network is refused at once,
 * by the rule by which it would not be read. Names are judged when they are looked up. Throws `knowledge.url-forbidden` too.
 */
export function parseSourceUrl(text: string): URL {
  const url = parsePageUrl(text);
  assertHost(url, isPublicAddress);
  return url;
}

/** An address in the place of a name is never looked up, so it is checked here; `localhost` is one by RFC 6761. */
export function assertHost(url: URL, isAllowed: (address: string) => boolean): void {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const address = /(?:^|\.)localhost\.?$/.test(host) ? '127.0.0.1' : host;
  if (isIP(address) !== 0 && !isAllowed(address)) throw forbiddenHost(url.hostname);
}

export const forbiddenHost = (host: string) =>
  new AppError(
    `${host} leads into a private network, where nothing is read from: save the page, and sync the file`,
    { code: 'knowledge.url-forbidden' },
  );
