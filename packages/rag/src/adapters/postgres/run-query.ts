import { AppError, errorMessage } from '@avito-autoreply/runtime';
import type { Pool, PoolClient, QueryResultRow } from 'pg';

type RunQuery = <Row extends QueryResultRow>(text: string, values: readonly unknown[]) => Promise<Row[]>;

function queryOn(target: Pool | PoolClient): RunQuery {
  return async <Row extends QueryResultRow>(text: string, values: readonly unknown[]) => {
    const { rows } = await target.query<Row>(text, [...values]);
    return rows;
  };
}

/** Single statements, with the driver's errors as `knowledge.search-failed`. */
export function searchQuery(pool: Pool): RunQuery {
  const run = queryOn(pool);
  return async <Row extends QueryResultRow>(text: string, values: readonly unknown[]) => {
    try {
      return await run<Row>(text, values);
    } catch (error) {
      throw asSearchError(error);
    }
  };
}

/** A short reading transaction, for settings that must not outlive it: on PGlite all clients share one session. */
export async function inTransaction<T>(pool: Pool, work: (query: RunQuery) => Promise<T>): Promise<T> {
  try {
    const client = await pool.connect();
    let isBroken = false;
    try {
      await client.query('begin read only');
      const result = await work(queryOn(client));
      await client.query('commit');
      return result;
    } catch (error) {
      await client.query('rollback').catch(() => {
        isBroken = true;
      });
      throw error;
    } finally {
      client.release(isBroken);
    }
  } catch (error) {
    throw asSearchError(error);
  }
}

function asSearchError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  return new AppError(`search in Postgres failed: ${errorMessage(error)}`, {
    code: 'knowledge.search-failed',
    cause: error,
    isRetryable: true,
  });
}
