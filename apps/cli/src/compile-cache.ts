import { fileURLToPath } from 'node:url';

/**
 * Where Node keeps what it has compiled, so that a start does not compile it again: half the time and 20 MB less of
 * memory for each process. Beside the packages, whose owner may write there and nobody else; where he may not, Node goes
 * on without.
 */
export const compileCacheFolder = fileURLToPath(
  new URL('../../../node_modules/.cache/node-compile-cache', import.meta.url),
);
