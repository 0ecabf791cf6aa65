type OriginHeaders = { method: string; origin?: string | undefined; site?: string | undefined; host: string };

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Whether a request that a browser signs with our cookie was begun by our own pages. Browsers say so in
 * `Sec-Fetch-Site`, and where that is missing (plain HTTP to another machine) in `Origin`. A request with neither
 * comes from no browser, so nobody was tricked into it.
 */
export function isSameOrigin({ method, origin, site, host }: OriginHeaders): boolean {
  if (SAFE_METHODS.has(method)) return true;
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  if (origin !== undefined) return URL.parse(origin)?.host === host;
  return true;
}
