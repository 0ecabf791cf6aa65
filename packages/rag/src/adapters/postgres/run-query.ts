import { AppError, errorMessage } from '@avito-autoreply/runtime';
import type { Pool, QueryResultRow } from 'pg';

type RunQuery = <Row extends QueryResultRow>(text: string, values: readonly unknown[]) => Promise<Row[]>;

/** Single statements, with the driver's errors as `knowledge.search-failed`. */
export function searchQuery(pool: Pool): RunQuery {
  return async <Row extends QueryResultRow>(text: string, values: readonly unknown[]) => {
    try {
      const { rows } = await pool.query<Row>(text, [...values]);
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
