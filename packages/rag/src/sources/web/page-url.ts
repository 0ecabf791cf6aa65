import { AppError } from '@avito-autoreply/runtime';

/**
 * The address of a page, or where a redirect from it leads. One with a name and a password is refused, because sources
 * are listed, exported and logged; one with the character NUL, because Postgres stores none. Throws `knowledge.url-bad`.
 */
export function parsePageUrl(text: string, base?: URL): URL {
  const url = URL.parse(text, base?.href);
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    throw new AppError(`${text}: an address starts with http:// or https://`, { code: 'knowledge.url-bad' });
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
