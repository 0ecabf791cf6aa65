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
  const errors: AppError[] = [];
  const collected: Record<string, unknown> = {};
  for (const [name, read] of Object.entries(parts)) {
    try {
      collected[name] = await read();
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      errors.push(error);
    }
  }
  const [first, second] = errors;
  if (first !== undefined && second === undefined) throw first;
  // Two parts may miss the same variable.
  if (first !== undefined) throw new ConfigError([...new Set(errors.flatMap(linesOf))]);
  return collected as Collected<P>;
}
