import { AppError } from '@avito-autoreply/runtime';
import { ConfigError } from './load-config.ts';

type Parts = Record<string, () => unknown>;
type Collected<P extends Parts> = { [Name in keyof P]: Awaited<ReturnType<P[Name]>> };

const linesOf = (error: AppError): readonly string[] =>
  error instanceof ConfigError ? error.problems : [error.message];

/**
 * Reads independent parts of a configuration and reports the problems of all of them together, so that nobody mends
 * them one start at a time. A single problem keeps its own error and code; several become one ConfigError.
 */
export async function collectConfig<P extends Parts>(parts: P): Promise<Collected<P>> {
  // Two parts may read the same variables: equal problems are one problem.
  const errors = new Map<string, AppError>();
  const collected: Record<string, unknown> = {};
  for (const [name, read] of Object.entries(parts)) {
    try {
      collected[name] = await read();
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      errors.set(error.message, error);
    }
  }
  const [first, second] = errors.values();
  if (first !== undefined && second === undefined) throw first;
  if (first !== undefined) throw new ConfigError([...new Set([...errors.values()].flatMap(linesOf))]);
  return collected as Collected<P>;
}
