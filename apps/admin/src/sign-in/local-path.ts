const HERE = 'http://here.invalid';

/**
 * Where to go after the sign-in: the path if it is one of ours, else the start page. The URL parser decides, because
 * browsers read `//evil.example`, `/\evil.example` and `/<tab>/evil.example` as other hosts.
 */
export function localPath(next: unknown): string {
  if (typeof next !== 'string' || !next.startsWith('/')) return '/';
  const url = URL.parse(next, HERE);
  if (url === null || url.origin !== HERE) return '/';
  const path = `${url.pathname}${url.search}`;
  // A path such as `/.//evil.example` is folded to `//evil.example` by the parser.
  return path.startsWith('//') || path.startsWith('/sign-') ? '/' : path;
}
