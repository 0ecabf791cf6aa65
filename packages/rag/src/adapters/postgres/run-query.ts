import { AppError, errorMessage } from '@avito-autoreply/runtime';
import type { Pool, QueryResultRow } from 'pg';

/** With a name a connection keeps the statement parsed and planned: for those that every answer needs. */
type RunQuery = <Row extends QueryResultRow>(
  text: string,
  values: readonly unknown[],
  name?: `rag.${string}`,
) => Promise<Row[]>;

/** Single statements, with the driver's errors as `knowledge.search-failed`. */
export function searchQuery(pool: Pool): RunQuery {
  return async <Row extends QueryResultRow>(text: string, values: readonly unknown[], name?: string) => {
    try {
      const { rows } = await pool.query<Row>({ name, text, values: [...values] });
      return rows;
    } catch (error) {
      throw asSearchError(error);
    }
  };
}

function asSearchError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  return new AppError(`search in Postgres failed: ${errorMessage(error)}`, {
    code: 'knowledge.search-failed',
    cause: error,
    isRetryable: true,
  });
}
